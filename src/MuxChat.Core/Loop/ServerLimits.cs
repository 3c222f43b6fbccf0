using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
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
public sealed class ServerLimits(LoopLimits loop, ClientLimits clients, ChatLimits chat)
{
    /// <summary>The limits of the loop.</summary>
    public Replaceable<LoopLimits> Loop { get; } = new(loop);

    /// <summary>The limits of each client.</summary>
    public Replaceable<ClientLimits> Clients { get; } = new(clients);

    /// <summary>The limits of the chat.</summary>
    public Replaceable<ChatLimits> Chat { get; } = new(chat);

    /// <summary>Replaces all limits, or none. On the thread that serves.</summary>
    /// <returns>Null when it is done; else the name of a limit that must stay as it was at the start.</returns>
    public string? Replace(LoopLimits loop, ClientLimits clients, ChatLimits chat)
    {
        if (FirstFixed(loop, chat) is { } name)
        {
            return name;
        }

        (Loop.Current, Clients.Current, Chat.Current) = (loop, clients, chat);
        return null;
    }

    /// <summary>
    /// The limits that cannot change while the server runs, each with the reason. The length of frames is one of them too, but no limit of
    /// these records: each protocol has its own from the start.
    /// </summary>
    private string? FirstFixed(LoopLimits loop, ChatLimits chat)
    {
        // The buffer that all connections read into is made at the start.
        if (loop.ReadBytesPerTick != Loop.Current.ReadBytesPerTick)
        {
            return nameof(loop.ReadBytesPerTick);
        }

        // A connection that was let in without being counted must not be counted when it ends.
        if (loop.LimitLoopback != Loop.Current.LimitLoopback)
        {
            return nameof(loop.LimitLoopback);
        }

        // It is the longest line too, and each client's decoder has that from the start.
        return chat.TextBytes != Chat.Current.TextBytes ? nameof(chat.TextBytes) : null;
    }
}
