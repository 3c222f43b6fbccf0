namespace MuxChat.Core.Chat.Operators;

/// <summary>Runs slow work for server operators off the event loop: verifying a password (about 100 ms), or reading files.</summary>
/// <remarks>
/// No member ever blocks. A request is worked on elsewhere, and its outcome is available later. A simulation may have every outcome at
/// once. Outcomes come in the order of the accepted requests, one for each. All members are called on the loop's thread, or under its lock.
/// The worker wakes the loop when an outcome is ready.
/// </remarks>
public interface IBackgroundWorker
{
    /// <summary>Whether the server has any operators configured.</summary>
    bool HasOperators { get; }

    /// <summary>
    /// Asks whether a name and a password belong to an operator. An unknown name takes as long to verify as a wrong password.
    /// </summary>
    /// <returns>False if the queue is full; the request was then not accepted.</returns>
    bool TryVerify(OperatorClaim claim);

    /// <summary>Asks whether the password is the gateway's.</summary>
    /// <returns>False if the queue is full; the request was then not accepted.</returns>
    bool TryVerify(GatewayClaim claim);

    /// <summary>Asks to read the server's files again. The outcome has the message of the day as its file has it now.</summary>
    /// <returns>False if the queue is full; the request was then not accepted.</returns>
    bool TryReread(OperatorAct act);

    /// <summary>Takes the next outcome, if there is one.</summary>
    bool TryTakeOutcome(out WorkOutcome outcome);

    /// <summary>Takes the message of the day, if it was read again without a request of an operator; null if not.</summary>
    byte[]? TakeMotd() => null;

    /// <summary>Logs that an operator disconnected a person. There is no outcome.</summary>
    /// <param name="act">The operator.</param>
    /// <param name="victim">The nick of the person who was disconnected.</param>
    void NoteKill(OperatorAct act, string victim);

    /// <summary>Logs that an operator changed a room from outside. There is no outcome.</summary>
    /// <param name="act">The operator.</param>
    /// <param name="room">The room's name.</param>
    /// <param name="modes">The modes asked for: <c>+o alice</c>.</param>
    void NoteOverride(OperatorAct act, string room, string modes);

    /// <summary>Logs that a client is a server operator because of its user on this machine. There is no outcome.</summary>
    /// <param name="act">The operator.</param>
    /// <param name="user">The user's name.</param>
    void NoteGrant(OperatorAct act, string user);
}

/// <summary>A worker for a server without operators. It accepts no request.</summary>
public sealed class NoBackgroundWorker : IBackgroundWorker
{
    /// <inheritdoc/>
    public bool HasOperators => false;

    /// <inheritdoc/>
    public bool TryVerify(OperatorClaim claim) => false;

    /// <inheritdoc/>
    public bool TryVerify(GatewayClaim claim) => false;

    /// <inheritdoc/>
    public bool TryReread(OperatorAct act) => false;

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

    /// <inheritdoc/>
    public void NoteGrant(OperatorAct act, string user)
    {
    }
}

/// <summary>The outcome of a request to the worker.</summary>
/// <param name="IsDone">Whether the password was right, or the file was read.</param>
/// <param name="Motd">The message of the day: lines ended by LF, empty for none. Null if it
/// was not requested, or could not be read.</param>
public readonly record struct WorkOutcome(bool IsDone, byte[]? Motd = null);

/// <summary>The person who does something that is logged. Both fields come from outside, so a log must escape them.</summary>
/// <param name="Nick">The person's nick.</param>
/// <param name="RemoteName">The client's address and port.</param>
public sealed record OperatorAct(string Nick, string RemoteName);

/// <summary>The claim of a client to be a server operator.</summary>
/// <param name="Name">The operator's name.</param>
/// <param name="Password">The password. The verifier clears it.</param>
/// <param name="By">The person who makes the claim.</param>
public sealed record OperatorClaim(byte[] Name, byte[] Password, OperatorAct By);

/// <summary>The claim of a connection to be a gateway, which speaks for clients of its own.</summary>
/// <param name="Gateway">The gateway's address.</param>
/// <param name="Password">The password. The verifier clears it.</param>
/// <param name="RemoteName">The connection's address and port.</param>
public sealed record GatewayClaim(string Gateway, byte[] Password, string RemoteName);

/// <summary>A connection that waits until its claim to be a gateway is verified.</summary>
public interface IGatewayWaiter
{
    /// <summary>Called once, on the loop's thread. The connection may have ended meanwhile.</summary>
    void OnVerified(bool isRight);
}
