using System.Threading.Tasks.Sources;

namespace MuxChat.Sockets.Tls;

/// <summary>
/// The stream under a cipher, in memory: it reads what the event loop has fed, and collects what is written. It never touches a socket.
/// </summary>
/// <remarks>
/// A read without bytes stays pending. <see cref="Feed"/> completes it, which runs the cipher's continuation at once, on the loop's thread.
/// A write always completes at once. So the cipher's asynchronous calls make progress within a call of the loop, or not at all, and nothing
/// ever waits for them. A read of no bytes also stays pending, so that the cipher holds no buffer for an idle client.
/// Invariant: every call comes from the thread that owns the buffers.
/// </remarks>
internal sealed class LoopStream(TlsBuffers buffers) : Stream, IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _read;
    private Memory<byte> _destination;
    private ReadOnlyMemory<byte> _input;
    private bool _isPending;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the cipher has read all that it was fed.</summary>
    public bool IsDrained => _input.IsEmpty;

    /// <summary>Gives the cipher bytes from the network. They stay valid until <see cref="IsDrained"/>.</summary>
    public void Feed(ReadOnlyMemory<byte> bytes)
    {
        buffers.CheckThread();
        _input = bytes;
        Complete();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        buffers.CheckThread();
        if (!_input.IsEmpty)
        {
            return new ValueTask<int>(MoveTo(buffer.Span));
        }

        (_destination, _isPending) = (buffer, true);
        _read.Reset();
        return new ValueTask<int>(this, _read.Version);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return default;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        buffers.CheckThread();
        buffers.Append(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
        // Each write is complete at once.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("This read would block the loop.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    private void Complete()
    {
        if (_isPending && !_input.IsEmpty)
        {
            var destination = _destination;
            (_destination, _isPending) = (default, false);
            _read.SetResult(MoveTo(destination.Span));
        }
    }

    private int MoveTo(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, _input.Length);
        _input.Span[..count].CopyTo(destination);
        _input = _input[count..];
        return count;
    }
}
