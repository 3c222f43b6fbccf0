namespace MuxChat.Core.Conversations;

/// <summary>Why a conversation stopped taking bytes.</summary>
public enum FeedStatus
{
    /// <summary>What is left is no whole frame yet.</summary>
    NeedMore,

    /// <summary>The client has used up its flood budget, or the disk is behind and nobody may say more: go on at <see cref="Conversation.FloodResumeMs"/>.</summary>
    FloodPaused,

    /// <summary>The client has too much to read: go on when its outbox is below <see cref="ConversationLimits.OutputResumeBytes"/>.</summary>
    OutputPaused,

    /// <summary>Much has been encoded: distribute and write, then go on at once.</summary>
    FlushFirst,

    /// <summary>The conversation is over; see <see cref="Conversation.Ending"/>.</summary>
    Ended,
}
