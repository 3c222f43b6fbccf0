using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Talking;

/// <summary>How the user sees the chat and speaks: at a terminal, or by lines.</summary>
internal interface ITalkFront
{
    /// <summary>The exit code, when the client is to end; null as long as it goes on.</summary>
    int? ExitCode { get; }

    /// <summary>Gets each line of each view.</summary>
    void Shown(ChatView view, ChatLine line);

    /// <summary>Gets what was typed, and signals.</summary>
    void Take(TalkInput input);

    /// <summary>There is no connection now.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="pause">The time to the next attempt; null if there is none.</param>
    void Lost(string reason, TimeSpan? pause);

    /// <summary>All that was in the queue is done: the screen may be drawn.</summary>
    void Refresh();
}
