namespace MuxChat.Core.Chat.Operators;

/// <summary>
/// What is done for server operators away from the loop, because it takes long: a password is verified (some 100 ms), a file is read. No member ever waits:
/// what was taken is worked on elsewhere, and its outcome is there later. A simulation may have every outcome at once.
/// </summary>
/// <remarks>
/// Outcomes come in the order of the requests that were taken, one for each. All members are for the loop's thread alone, or under its lock; the desk wakes
/// the loop when there is an outcome.
/// </remarks>
public interface IOperatorDesk
{
    /// <summary>Whether anybody can be a server operator at all.</summary>
    bool HasOperators { get; }

    /// <summary>Asks whether a name and a password are an operator's. A name that is nobody's takes as long as a wrong password.</summary>
    /// <returns>False when as much waits already as may: it was not taken.</returns>
    bool TryVerify(OperatorClaim claim);

    /// <summary>Asks for the message of the day as it is in its file now.</summary>
    /// <returns>False when as much waits already as may: it was not taken.</returns>
    bool TryReadMotd(OperatorAct act);

    /// <summary>Takes the next outcome, if there is one.</summary>
    bool TryTakeOutcome(out DeskOutcome outcome);

    /// <summary>Somebody was disconnected by an operator. For the log; nothing comes of it.</summary>
    /// <param name="act">Who did it.</param>
    /// <param name="victim">The nick of who was.</param>
    void NoteKill(OperatorAct act, string victim);

    /// <summary>A room was changed by an operator from without. For the log; nothing comes of it.</summary>
    /// <param name="act">Who did it.</param>
    /// <param name="room">The room's name.</param>
    /// <param name="modes">What was asked for: <c>+o alice</c>.</param>
    void NoteOverride(OperatorAct act, string room, string modes);
}
