using MuxChat.Core.Chat.Operators;

namespace MuxChat.Simulation.Programs;

/// <summary>A run of a made-up program: what is due can be taken, and the end comes after all.</summary>
internal sealed class SimRun : IProgramRun
{
    private readonly Queue<(long AtMs, OutputBlock Block)> _blocks = new();
    private readonly Func<long> _nowMs;
    private readonly long _endMs;
    private readonly RunEnd _end;

    public SimRun(ProgramRequest request, Func<long> nowMs, (byte[] Output, byte[] Error, int ExitCode) output, Func<int, int> below,
        int maxDelayMs)
    {
        (Request, _nowMs) = (request, nowMs);
        _end = new RunEnd(RunFault.None, output.ExitCode, 0, "", output.Output.Length, output.Error.Length);
        var atMs = nowMs();
        var (outputs, errors) = (Cut(ProgramStream.Output, output.Output, below), Cut(ProgramStream.Error, output.Error, below));
        while (outputs.Count + errors.Count > 0)
        {
            var isError = outputs.Count == 0 || (errors.Count > 0 && (request.IsCollected || below(2) == 0));
            atMs += below(4) > 0 ? 0 : below(maxDelayMs);
            _blocks.Enqueue((atMs, (isError ? errors : outputs).Dequeue()));
        }

        _endMs = atMs + below(maxDelayMs);
    }

    public ProgramRequest Request { get; }

    public bool IsCancelled { get; private set; }

    /// <summary>When its output comes, and when it ends, in milliseconds.</summary>
    public IEnumerable<long> Times => [.. _blocks.Select(static block => block.AtMs).Distinct(), _endMs];

    /// <summary>Whether everything was taken.</summary>
    public bool IsTaken => _blocks.Count == 0;

    public RunEnd? End => IsCancelled ? new RunEnd(RunFault.Cancelled, -1, 0) : _nowMs() >= _endMs ? _end : null;

    public bool IsReady => End is not null || (!Request.IsCollected && _blocks.TryPeek(out var next) && next.AtMs <= _nowMs());

    public bool TryTake(out OutputBlock block)
    {
        block = default;
        if (IsCancelled || !_blocks.TryPeek(out var next) || (Request.IsCollected ? End is null : next.AtMs > _nowMs()))
        {
            return false;
        }

        block = _blocks.Dequeue().Block;
        return true;
    }

    public void Cancel() => IsCancelled = true;

    private static Queue<OutputBlock> Cut(ProgramStream stream, byte[] bytes, Func<int, int> below)
    {
        var blocks = new Queue<OutputBlock>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - at, 1 + below(bytes.Length > 1000 ? OutputBlock.MaxBytes : 8));
            blocks.Enqueue(new OutputBlock(stream, bytes.AsMemory(at, length)));
            at += length;
        }

        return blocks;
    }
}
