using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Framing;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>
/// All limits of a running server, which owns this object. The loop, the clients and the chat read them here at each use. To change limits
/// while the server runs, replace them here.
/// </summary>
/// <remarks>
/// Work that began under the old limits ends under them: a running timer, the current part of a long answer, a client's login budget. A
/// room over a lower history limit shrinks with its next event. Clients over a lower limit stay, and new ones are refused.
/// </remarks>
/// <param name="loop">The limits of the loop.</param>
/// <param name="clients">The limits of each client.</param>
/// <param name="chat">The limits of the chat.</param>
/// <param name="frames">The limits of lines and frames.</param>
public sealed class ServerLimits(LoopLimits loop, ClientLimits clients, ChatLimits chat, FrameLimits frames)
{
    /// <summary>The limits of the loop.</summary>
    public Replaceable<LoopLimits> Loop { get; } = new(loop);

    /// <summary>The limits of each client.</summary>
    public Replaceable<ClientLimits> Clients { get; } = new(clients);

    /// <summary>The limits of the chat.</summary>
    public Replaceable<ChatLimits> Chat { get; } = new(chat);

    /// <summary>The limits of lines and frames. Each decoder applies a new limit from its next frame on.</summary>
    public Replaceable<FrameLimits> Frames { get; } = new(frames);

    /// <summary>Replaces all limits, or none. Call it on the serving thread.</summary>
    /// <returns>Null on success; else the name of a limit that cannot change after the start.</returns>
    public string? Replace(LoopLimits loop, ClientLimits clients, ChatLimits chat, FrameLimits frames)
    {
        if (FirstFixed(loop) is { } name)
        {
            return name;
        }

        (Loop.Current, Clients.Current, Chat.Current, Frames.Current) = (loop, clients, chat, frames);
        return null;
    }

    // Returns the first changed limit that cannot change while the server runs, or null.
    private string? FirstFixed(LoopLimits loop)
    {
        // The shared read buffer is allocated at the start.
        if (loop.ReadBytesPerTick != Loop.Current.ReadBytesPerTick)
        {
            return nameof(loop.ReadBytesPerTick);
        }

        // A connection that was not counted when it was admitted must not be counted when it ends.
        return loop.LimitLoopback != Loop.Current.LimitLoopback ? nameof(loop.LimitLoopback) : null;
    }
}
