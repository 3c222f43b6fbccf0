namespace MuxChat.Core.Chat.Operators;

/// <summary>
/// What is done for server operators away from the loop, because it takes long: a password is verified (some 100 ms), a file is read. No
/// member ever waits: what was taken is worked on elsewhere, and its outcome is there later. A simulation may have every outcome at once.
/// </summary>
/// <remarks>
/// Outcomes come in the order of the requests that were taken, one for each. All members are for the loop's thread alone, or under its
/// lock; the worker wakes the loop when there is an outcome.
/// </remarks>
public interface IBackgroundWorker
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
    bool TryTakeOutcome(out WorkOutcome outcome);

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

/// <summary>Nobody can be a server operator.</summary>
public sealed class NoBackgroundWorker : IBackgroundWorker
{
    /// <inheritdoc/>
    public bool HasOperators => false;

    /// <inheritdoc/>
    public bool TryVerify(OperatorClaim claim) => false;

    /// <inheritdoc/>
    public bool TryReadMotd(OperatorAct act) => false;

    /// <inheritdoc/>
    public bool TryTakeOutcome(out WorkOutcome outcome)
    {
        outcome = default;
        return false;
    }

    /// <inheritdoc/>
    public void NoteKill(OperatorAct act, string victim)
    {
    }

    /// <inheritdoc/>
    public void NoteOverride(OperatorAct act, string room, string modes)
    {
    }
}

/// <summary>The outcome of a request to the worker.</summary>
/// <param name="IsDone">Whether the password was right, or the file was read.</param>
/// <param name="Motd">What was read: lines by LF, empty for none; null where that was not asked.</param>
public readonly record struct WorkOutcome(bool IsDone, byte[]? Motd = null);

/// <summary>Who did something that is logged. Both come from outside: a log escapes them.</summary>
/// <param name="Nick">Its nick.</param>
/// <param name="RemoteName">Its address and port.</param>
public sealed record OperatorAct(string Nick, string RemoteName);

/// <summary>Somebody says that it is a server operator.</summary>
/// <param name="Name">The operator's name.</param>
/// <param name="Password">The password. Whoever verifies it clears it.</param>
/// <param name="By">Who says so.</param>
public sealed record OperatorClaim(byte[] Name, byte[] Password, OperatorAct By);
