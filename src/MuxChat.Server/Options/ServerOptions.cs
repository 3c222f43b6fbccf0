using System.Text;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Server.Commands;
using MuxChat.Server.Hosting;
using MuxChat.Server.Running;
using MuxChat.Storage;

namespace MuxChat.Server.Options;

/// <summary>All checked options of a server; <see cref="OptionTable.Read"/> creates them.</summary>
internal sealed record ServerOptions
{
    /// <summary>The I/O model with threads of its own for every client.</summary>
    public const string Threads = "threads";

    /// <summary>The I/O model on async/await and the thread pool.</summary>
    public const string Async = "async";

    public IReadOnlyList<ListenUri> Listen { get; init; } = [];

    public string Io { get; init; } = "auto";

    public byte[] Lobby { get; init; } = [];

    /// <summary>The server's names on IRC, and its version.</summary>
    public IrcServer Irc { get; init; } = new() { Version = Encoding.ASCII.GetBytes($"muxchat-{ProcessSources.Version}") };

    /// <summary>The password that every client must give; null for none.</summary>
    public ServerPassword? Password { get; init; }

    /// <summary>The server operators' password hashes, by name.</summary>
    public IReadOnlyDictionary<string, PasswordHash> Operators { get; init; } = new Dictionary<string, PasswordHash>();

    /// <summary>The numbers of the users of this machine that are server operators on a Unix socket.</summary>
    public IReadOnlySet<uint> LocalOperators { get; init; } = new HashSet<uint>();

    /// <summary>The addresses of proxies, which are believed about their clients' addresses.</summary>
    public IReadOnlyList<AddressRange> Proxies { get; init; } = [];

    /// <summary>The hashes of gateways' passwords, by address.</summary>
    public IReadOnlyDictionary<InternetAddress, PasswordHash> Gateways { get; init; } = new Dictionary<InternetAddress, PasswordHash>();

    /// <summary>The text that the echo services send on connecting, in UTF-8; empty for none.</summary>
    public byte[] EchoGreeting { get; init; } = [];

    public string? MotdFile { get; init; }

    /// <summary>The files of the certificates, in the order in which they count; empty for a server without TLS.</summary>
    public IReadOnlyList<TlsFiles> Tls { get; init; } = [];

    /// <summary>Whether a handshake asks IRC clients for a certificate.</summary>
    public bool AsksClientCertificates { get; init; }

    /// <summary>The names of the server to which the policy of TLS for IRC applies, in lower case; empty for no policy.</summary>
    public IReadOnlySet<string> StsNames { get; init; } = new HashSet<string>();

    /// <summary>How long clients keep that policy, in seconds.</summary>
    public int StsDurationSeconds { get; init; } = 30 * 24 * 3600;

    /// <summary>Whether an event loop serves, and not threads or async.</summary>
    public bool HasEventLoop => Io is not (Threads or Async);

    /// <summary>Other origins whose pages may open a WebSocket, in lower case; an asterisk for all.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The server's own URL as the admin gave it, in ASCII and without a slash at its end; empty for none.</summary>
    public byte[] PublicUrl { get; init; } = [];

    /// <summary>The addresses of the page and the figures for admins.</summary>
    public IReadOnlyList<ListenUri> Admin { get; init; } = [];

    /// <summary>The token that admins give on other addresses than this machine's; null for none.</summary>
    public string? AdminToken { get; init; }

    /// <summary>The programs that clients may run.</summary>
    public IReadOnlyList<AllowedProgram> Commands { get; init; } = [];

    /// <summary>Whether every member may run them, and not only server operators.</summary>
    public bool AreCommandsForMembers { get; init; }

    /// <summary>The limits of each run.</summary>
    public ProgramLimits CommandLimits { get; init; } = new();

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Unknown variables that begin like an option's, each with the most similar known one.</summary>
    public IReadOnlyList<(string Name, string Nearest)> UnknownVariables { get; init; } = [];

    /// <summary>The directory of the journal; null to keep history in memory only.</summary>
    public string? Data { get; init; }

    public JournalOptions Journal { get; init; } = new();

    public int MaxLineBytes { get; init; } = FrameLimits.DefaultLineBytes;

    public int MaxFrameBytes { get; init; } = FrameLimits.DefaultFrameBytes;

    public ChatLimits Chat { get; init; } = new();

    public ClientLimits Clients { get; init; } = new();

    public LoopLimits Loop { get; init; } = new();

    /// <summary>Returns a copy with other limits of the loop.</summary>
    public ServerOptions WithLoop(Func<LoopLimits, LoopLimits> change) => this with { Loop = change(Loop) };

    /// <summary>Returns a copy with other limits of each client.</summary>
    public ServerOptions WithClients(Func<ClientLimits, ClientLimits> change) => this with { Clients = change(Clients) };

    /// <summary>Returns a copy with other limits of the journal.</summary>
    public ServerOptions WithJournal(Func<JournalOptions, JournalOptions> change) => this with { Journal = change(Journal) };

    /// <summary>Returns a copy with another durability of acknowledgements.</summary>
    public ServerOptions WithDurability(Durability durability) => WithJournal(journal => journal with { Durability = durability });

    /// <summary>Returns a copy with another longest line, in bytes, which is also the longest text in every protocol.</summary>
    public ServerOptions WithLineBytes(int bytes) => this with { MaxLineBytes = bytes, Chat = Chat with { TextBytes = bytes } };

    /// <summary>Returns a copy with another lower outbox limit, in bytes, and with the limits derived from it.</summary>
    public ServerOptions WithSoftBytes(int bytes) => this with
    {
        Loop = Loop with { SlowConsumer = Loop.SlowConsumer with { SoftBytes = bytes } },
        Clients = Clients with { OutputPauseBytes = bytes },

        // One requested answer must not make a client a slow consumer.
        Chat = Chat with { HistoryAnswerBytes = Math.Min(new ChatLimits().HistoryAnswerBytes, bytes / 2) },
    };

    /// <summary>Returns a copy with another number of events that a room remembers, in memory and in the journal.</summary>
    public ServerOptions WithHistory(int events) => this with
    {
        Chat = Chat with { History = events },
        Journal = Journal with { HistoryEvents = events },
    };
}
