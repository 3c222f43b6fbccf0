using System.Text;
using MuxChat.Core.Chat.Operators;

namespace MuxChat.Simulation.Programs;

/// <summary>
/// Runs made-up programs, whose output follows from their arguments: it comes in pieces, each a while after the one before. Chance says how
/// large and how late they are.
/// </summary>
/// <param name="nowMs">The time, in milliseconds.</param>
/// <param name="below">Draws a number from 0 to one less than that given.</param>
/// <param name="wakeAt">
/// Is told at which times, in milliseconds, there will be something for the server; null where it looks anyway.
/// </param>
internal sealed class SimRunner(Func<long> nowMs, Func<int, int> below, Action<long>? wakeAt = null) : IProgramRunner
{
    /// <summary>Runs at the same time, and those that wait too.</summary>
    private const int MaxOpen = 3;

    private const int MaxDelayMs = 60;

    private readonly List<SimRun> _open = [];

    public IReadOnlyList<AllowedProgram> Programs { get; } =
        [Read("count=/p -n {\\d{1,3}}"), Read("both=/p {[a-z]+} {.*}*"), Read("fail=/p"), Read("big=/p {x?}?")];

    public bool IsForMembers => true;

    /// <summary>All that was asked for and not refused, in order.</summary>
    public List<SimRun> Started { get; } = [];

    /// <summary>How many requests were refused for want of room.</summary>
    public int Busy { get; private set; }

    /// <summary>Whether a run was neither taken whole nor given up: where its client is gone, it goes on for nobody.</summary>
    public bool HasForgotten => Started.Exists(static run => !run.IsCancelled && !run.IsTaken);

    public IProgramRun? TryStart(ProgramRequest request)
    {
        Collect();
        if (_open.Count == MaxOpen)
        {
            Busy++;
            return null;
        }

        var run = new SimRun(request, nowMs, OutputOf(request.Program.Name, request.Arguments), below, MaxDelayMs);
        _open.Add(run);
        Started.Add(run);
        foreach (var atMs in run.Times)
        {
            wakeAt?.Invoke(atMs);
        }

        return run;
    }

    public void Collect() => _open.RemoveAll(static run => run.End is not null || run.IsCancelled);

    /// <summary>The output of a program: that on standard output, that on standard error, and the exit code.</summary>
    public static (byte[] Output, byte[] Error, int ExitCode) OutputOf(string name, IReadOnlyList<byte[]> arguments) => name switch
    {
        "count" => (Count(int.Parse(Encoding.ASCII.GetString(arguments[1]), System.Globalization.CultureInfo.InvariantCulture)), [], 0),
        "both" => ([.. arguments.SelectMany(static one => (byte[])[.. one, 0x1B, 0xFF, (byte)'\n'])],
            [.. arguments.SelectMany(static one => (byte[])[(byte)'<', .. one])], arguments.Count),
        "big" => (Enumerable.Range(0, 70_000).Select(static i => (byte)i).ToArray(), "x"u8.ToArray(), 0),
        _ => ([], "it failed\r\n"u8.ToArray(), 1),
    };

    private static byte[] Count(int to) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, to).Select(static i => $"{i}\n")));

    private static AllowedProgram Read(string given) => AllowedProgram.TryParse(given, out var program, out var mistake)
        ? program! : throw new ArgumentException(mistake, nameof(given));
}
