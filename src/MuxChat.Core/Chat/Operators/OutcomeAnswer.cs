namespace MuxChat.Core.Chat.Operators;

/// <summary>The answer to a request that the background worker works on. The client's next commands wait for it.</summary>
/// <param name="session">The client that asked.</param>
/// <param name="answer">
/// Acts on the outcome and answers the client. Called once, with whether the request was done, and never for a client that is gone.
/// </param>
internal sealed class OutcomeAnswer(Session session, Func<bool, CommandResult> answer) : ILongAnswer
{
    private bool? _isDone;

    public bool IsReady => _isDone is not null;

    public CommandResult Result { get; private set; }

    /// <summary>Notes the outcome, and lets the client go on.</summary>
    public void Complete(bool isDone)
    {
        _isDone = isDone;
        session.Recipient.Wake();
    }

    public bool WritePart()
    {
        if (!session.IsGone)
        {
            Result = answer(_isDone!.Value);
        }

        return false;
    }
}
