namespace MuxChat.Core.Chat.Operators;

/// <summary>Runs the programs that the admin allows, off the event loop.</summary>
/// <remarks>
/// No member ever blocks: a program starts, writes and ends elsewhere. All members are called on the loop's thread. The runner wakes the
/// loop when a run has output or has ended.
/// </remarks>
public interface IProgramRunner
{
    /// <summary>The programs, in the admin's order; empty if there are none.</summary>
    IReadOnlyList<AllowedProgram> Programs { get; }

    /// <summary>Whether every member may run them, and not only server operators.</summary>
    bool IsForMembers { get; }

    /// <summary>Starts a run, or lets it wait for its turn.</summary>
    /// <returns>The run; null if too many runs wait or hold output already.</returns>
    IProgramRun? TryStart(ProgramRequest request);

    /// <summary>Starts the runs whose turn it is. Called in every tick.</summary>
    void Collect();
}

/// <summary>One run of a program, as the client's answer sees it. Its client owns it, and takes everything or cancels it.</summary>
public interface IProgramRun
{
    /// <summary>Whether a call of <see cref="TryTake"/> gives output, or the run has ended.</summary>
    bool IsReady { get; }

    /// <summary>How the run ended; null before. All output can be taken by then.</summary>
    RunEnd? End { get; }

    /// <summary>Takes the next block of output, if there is one.</summary>
    bool TryTake(out OutputBlock block);

    /// <summary>Ends the program, because no client wants its output. May be called again, and after the end.</summary>
    void Cancel();
}

/// <summary>A runner for a server whose admin allows no program.</summary>
public sealed class NoProgramRunner : IProgramRunner
{
    /// <inheritdoc/>
    public IReadOnlyList<AllowedProgram> Programs => [];

    /// <inheritdoc/>
    public bool IsForMembers => false;

    /// <inheritdoc/>
    public IProgramRun? TryStart(ProgramRequest request) => null;

    /// <inheritdoc/>
    public void Collect()
    {
    }
}

/// <summary>A request to run a program. Its arguments have been checked.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">All arguments after the program's path: UTF-8 without control characters.</param>
/// <param name="By">The person who asks, for the log; the nick is empty on an <c>exec</c> listener.</param>
public sealed record ProgramRequest(AllowedProgram Program, IReadOnlyList<byte[]> Arguments, OperatorAct By)
{
    /// <summary>
    /// Whether output is taken only after the end, all of standard error first. The program then never waits for its client.
    /// </summary>
    public bool IsCollected { get; init; }
}

/// <summary>The two streams of a program.</summary>
public enum ProgramStream
{
    /// <summary>Standard output.</summary>
    Output,

    /// <summary>Standard error.</summary>
    Error,
}

/// <summary>A block of a program's output.</summary>
/// <param name="Stream">The stream that it came from.</param>
/// <param name="Bytes">The bytes, at least one and at most <see cref="MaxBytes"/>. They stay unchanged.</param>
public readonly record struct OutputBlock(ProgramStream Stream, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Bytes of the largest block: 16 KiB, so that it fits a segment in every protocol.</summary>
    public const int MaxBytes = 16 * 1024;
}

/// <summary>The reason why the server ended a run itself.</summary>
public enum RunFault
{
    /// <summary>The program ended by itself, or by a signal of another process.</summary>
    None,

    /// <summary>The program took too long.</summary>
    TimeLimit,

    /// <summary>The program wrote too much. Everything up to the limit was sent.</summary>
    OutputLimit,

    /// <summary>The program could not be started.</summary>
    NotStarted,

    /// <summary>The client has gone, or the server stops.</summary>
    Cancelled,
}

/// <summary>How a run ended.</summary>
/// <param name="Fault">The reason why the server ended it.</param>
/// <param name="ExitCode">The exit code, 0 to 255; -1 if a signal ended the program or it did not start.</param>
/// <param name="Signal">The signal that ended the program; 0 if none did.</param>
/// <param name="Why">For a program that did not start, the system's reason in words; for a limit, the limit; else empty.</param>
/// <param name="OutputBytes">Bytes of standard output that were taken.</param>
/// <param name="ErrorBytes">Bytes of standard error that were taken.</param>
/// <param name="DurationMs">Milliseconds from the start of the program to its end.</param>
public sealed record RunEnd(
    RunFault Fault, int ExitCode, int Signal, string Why = "", long OutputBytes = 0, long ErrorBytes = 0, long DurationMs = 0)
{
    /// <summary>Returns the end in words, for people and for the log.</summary>
    public string Describe() => Fault switch
    {
        RunFault.TimeLimit => $"ended at the time limit of {Why}",
        RunFault.OutputLimit => $"ended at the output limit of {Why}: the rest is missing",
        RunFault.NotStarted => $"could not start: {Why}",
        RunFault.Cancelled => "ended, because its client has gone or the server stops",
        _ when ExitCode < 0 && Signal == 0 => "ended, and the system does not say how",
        _ when Signal > 0 => $"ended by signal {Signal}",
        _ => $"exit {ExitCode}",
    };
}
