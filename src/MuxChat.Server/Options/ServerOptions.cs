using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Framing;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols;
using MuxChat.Server.Commands;
using MuxChat.Storage;

namespace MuxChat.Server.Options;

/// <summary>Everything an operator can set, checked.</summary>
internal sealed record ServerOptions
{
    public required IReadOnlyList<ListenUri> Listen { get; init; }

    public required string Io { get; init; }

    public required byte[] Lobby { get; init; }

    /// <summary>What everybody must give to be let in; null when nothing is asked.</summary>
    public ServerPassword? Password { get; init; }

    /// <summary>The server operators by name.</summary>
    public IReadOnlyDictionary<string, PasswordHash> Operators { get; init; } = new Dictionary<string, PasswordHash>();

    public string? MotdFile { get; init; }

    public required LogLevel LogLevel { get; init; }

    /// <summary>Variables that look like those of options, and the one that each is most like.</summary>
    public IReadOnlyList<(string Name, string Nearest)> UnknownVariables { get; init; } = [];

    /// <summary>The directory of the journal; null to remember in memory only.</summary>
    public string? Data { get; init; }

    public JournalOptions Journal { get; init; } = new();

    public int MaxLineBytes { get; init; } = FrameLimits.DefaultLineBytes;

    public int MaxFrameBytes { get; init; } = FrameLimits.DefaultFrameBytes;

    public ChatLimits Chat { get; init; } = new();

    public ClientLimits Conversation { get; init; } = new();

    public LoopLimits Loop { get; init; } = new();
}
