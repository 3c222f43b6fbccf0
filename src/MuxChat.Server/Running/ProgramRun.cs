using MuxChat.Core.Chat.Operators;
using MuxChat.Server.Hosting;

namespace MuxChat.Server.Running;

/// <summary>One run, between the slot's thread that reads the program's output and the loop's thread that takes it.</summary>
/// <remarks>
/// The program waits while <see cref="MaxWaiting"/> blocks wait for its client. After its end, what its pipes still hold is added to them,
/// so that the slot is free for the next. A collected run never waits, because the output limit bounds it.
/// </remarks>
internal sealed class ProgramRun(ProgramRequest request) : IProgramRun
{
    /// <summary>Blocks that wait for the client, of 16 KiB each, before the program waits: 16.</summary>
    private const int MaxWaiting = 16;

    // The blocks that wait, and what two pipes of the largest size that the system allows (1 MiB) hold at the end.
    private const int Capacity = 256;

    private readonly SpscQueue<OutputBlock> _blocks = new(Capacity);
    private readonly CollectedOutput[] _collected = [new(), new()];
    private long _put;
    private long _taken;
    private volatile bool _isCancelled;
    private volatile RunEnd? _end;

    /// <summary>The request.</summary>
    public ProgramRequest Request => request;

    /// <summary>Whether no client wants the output any more.</summary>
    public bool IsCancelled => _isCancelled;

    /// <summary>Whether the program must wait until its client has taken output.</summary>
    public bool IsFull => !request.IsCollected && _put - Volatile.Read(ref _taken) >= MaxWaiting;

    /// <summary>Bytes that a collected run holds; 0 once they have been taken, or no client wants them.</summary>
    public long HeldBytes => _isCancelled || _end is null ? 0 : _collected[0].Bytes + _collected[1].Bytes;

    /// <inheritdoc/>
    public bool IsReady => _end is not null || (!request.IsCollected && _taken < Volatile.Read(ref _put));

    /// <inheritdoc/>
    public RunEnd? End => _end;

    /// <summary>Called when the loop has taken a block or has cancelled the run: the slot's thread may wait for that.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <inheritdoc/>
    public bool TryTake(out OutputBlock block)
    {
        block = default;
        if (request.IsCollected)
        {
            return _end is not null && TryTakeCollected(out block);
        }

        if (!_blocks.TryTake(out block))
        {
            return false;
        }

        Volatile.Write(ref _taken, _taken + 1);
        Changed();
        return true;
    }

    /// <inheritdoc/>
    public void Cancel()
    {
        _isCancelled = true;
        Changed();
    }

    // Standard error comes first, because a header shows it.
    private bool TryTakeCollected(out OutputBlock block)
    {
        var stream = _collected[(int)ProgramStream.Error].Bytes > 0 ? ProgramStream.Error : ProgramStream.Output;
        var isThere = _collected[(int)stream].TryTake(out var bytes);
        block = new OutputBlock(stream, bytes);
        return isThere;
    }

    /// <summary>Adds output. Called on the slot's thread. Returns false if there is no room at all.</summary>
    public bool TryAdd(ProgramStream stream, ReadOnlySpan<byte> bytes)
    {
        if (request.IsCollected)
        {
            _collected[(int)stream].Add(bytes);
            return true;
        }

        if (!_blocks.TryPut(new OutputBlock(stream, bytes.ToArray())))
        {
            return false;
        }

        Volatile.Write(ref _put, _put + 1);
        return true;
    }

    /// <summary>Ends the run. Called once: on the slot's thread, or on the loop's if the run never began.</summary>
    public void Finish(RunEnd end) => _end = end;
}
