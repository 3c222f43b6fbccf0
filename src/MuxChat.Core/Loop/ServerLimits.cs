using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Framing;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>
/// All limits of a running server, which owns this: the loop, the clients and the chat read them here at each use. To change limits while
/// the server runs, replace them here.
/// </summary>
/// <remarks>
/// What was begun under the old limits ends under them: a timer that runs, the part of a long answer, what a room already remembers (the
/// next event in it makes room), the login budget of a client that is in. Clients above a lower limit stay, and no new ones come.
/// </remarks>
/// <param name="loop">The limits of the loop.</param>
/// <param name="clients">The limits of each client.</param>
/// <param name="chat">The limits of the chat.</param>
/// <param name="frames">How long a frame may be.</param>
public sealed class ServerLimits(LoopLimits loop, ClientLimits clients, ChatLimits chat, FrameLimits frames)
{
    /// <summary>The limits of the loop.</summary>
    public Replaceable<LoopLimits> Loop { get; } = new(loop);

    /// <summary>The limits of each client.</summary>
    public Replaceable<ClientLimits> Clients { get; } = new(clients);

    /// <summary>The limits of the chat.</summary>
    public Replaceable<ChatLimits> Chat { get; } = new(chat);

    /// <summary>How long a frame may be: each decoder follows from its next frame on.</summary>
    public Replaceable<FrameLimits> Frames { get; } = new(frames);

    /// <summary>Replaces all limits, or none. On the thread that serves.</summary>
    /// <returns>Null when it is done; else the name of a limit that must stay as it was at the start.</returns>
    public string? Replace(LoopLimits loop, ClientLimits clients, ChatLimits chat, FrameLimits frames)
    {
        if (FirstFixed(loop) is { } name)
        {
            return name;
        }

        (Loop.Current, Clients.Current, Chat.Current, Frames.Current) = (loop, clients, chat, frames);
        return null;
    }

    /// <summary>The limits that cannot change while the server runs, each with the reason.</summary>
    private string? FirstFixed(LoopLimits loop)
    {
        // The buffer that all connections read into is made at the start.
        if (loop.ReadBytesPerTick != Loop.Current.ReadBytesPerTick)
        {
            return nameof(loop.ReadBytesPerTick);
        }

        // A connection that was let in without being counted must not be counted when it ends.
        return loop.LimitLoopback != Loop.Current.LimitLoopback ? nameof(loop.LimitLoopback) : null;
    }
}
