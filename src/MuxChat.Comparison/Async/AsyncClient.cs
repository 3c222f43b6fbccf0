using System.Net.Sockets;
using System.Threading.Channels;
using MuxChat.Comparison.Locked;
using MuxChat.Core.Buffers;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols;
using MuxChat.Sockets.Channels;

namespace MuxChat.Comparison.Async;

/// <summary>
/// A client with two asynchronous loops on the thread pool. One awaits input; the other awaits output from a
/// bounded channel, and sends all that the channel holds at once.
/// </summary>
/// <remarks>
/// Invariant: slices move from the outbox to the channel under the gate, as many as the channel accepts.
/// The rest stays in the outbox, where the limits count it.
/// </remarks>
internal sealed class AsyncClient : LockedClient, IDisposable
{
    /// <summary>Slices in the channel: 64. More wait in the outbox.</summary>
    private const int ChannelSlices = 64;

    /// <summary>
    /// Bytes in flight above which the channel gets no more: 128 KiB. Only bytes in the outbox delay a client's further commands. Without
    /// this bound, a client with large answers that reads late would reach the hard limit.
    /// </summary>
    private const int MaxInFlightBytes = 128 * 1024;

    /// <summary>Bytes read at once: 8 KiB.</summary>
    private const int ReadBytes = 8 * 1024;

    private readonly Channel<Slice> _output =
        Channel.CreateBounded<Slice>(new BoundedChannelOptions(ChannelSlices) { SingleReader = true });
    private readonly CancellationTokenSource _broken = new();
    private readonly List<Slice> _batch = [];
    private readonly List<ArraySegment<byte>> _gather = [];
    private TaskCompletionSource? _sent;

    public AsyncClient(LockedContext server, Socket socket)
        : base(server, socket)
    {
    }

    /// <summary>Serves the client until it is gone. The caller does not await it.</summary>
    public async void Serve()
    {
        var writing = GuardedAsync(WriteAsync, "writing to");
        await GuardedAsync(ReadAsync, "reading from").ConfigureAwait(false);
        if (IsHalfClosed())
        {
            // OnTime limits this wait.
            await writing.ConfigureAwait(false);
        }

        CloseDown();
        await writing.ConfigureAwait(false);
        ReleaseRest();
        Forget();
        Dispose();
    }

    public void Dispose() => _broken.Dispose();

    /// <summary>Begins to serve the client. Call it under the gate.</summary>
    public void Start(IProtocol? protocol) => Begin(protocol);

    protected override void SignalWriter()
    {
        var outbox = Recipient.Outbox;
        while (InFlightBytes < MaxInFlightBytes && outbox.TryPeekFirst(out var slice) && _output.Writer.TryWrite(slice))
        {
            // The channel gets the slice's reference as well.
            outbox.DetachFirst();
            InFlightBytes += slice.Length;
            InFlight.Add(slice);
        }

        if (IsFinishing && outbox.QueuedBytes == 0)
        {
            _output.Writer.TryComplete();
        }
    }

    protected override void EndWaits()
    {
        _output.Writer.TryComplete();
        _broken.Cancel();
        _sent?.TrySetResult();
    }

    private async Task GuardedAsync(Func<Task> serve, string doing)
    {
        try
        {
            await serve().ConfigureAwait(false);
        }
        catch (Exception error) when (Server.Errors.Catches(error))
        {
            Failed(error, doing);
        }
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            int received;
            try
            {
                received = await Socket.ReceiveAsync(Buffer.GetMemory(ReadBytes)).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                ReadFailed();
                return;
            }

            Buffer.Advance(received);
            await PumpAsync(inputEnded: received == 0).ConfigureAwait(false);
            if (received == 0)
            {
                return;
            }
        }
    }

    private async Task PumpAsync(bool inputEnded)
    {
        var hasInput = !inputEnded;
        while (true)
        {
            switch (Feed(hasInput, inputEnded, out var pauseMs))
            {
                case FeedStatus.FloodPaused:
                    await Task.Delay(pauseMs, _broken.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    break;
                case FeedStatus.OutputPaused:
                    await NextSendAsync().ConfigureAwait(false);
                    break;
                case FeedStatus.Ended or FeedStatus.NeedMore:
                    return;
            }

            hasInput = false;
        }
    }

    private Task NextSendAsync()
    {
        lock (Server.Gate)
        {
            if (InFlightBytes == 0 || _broken.IsCancellationRequested)
            {
                return Task.CompletedTask;
            }

            _sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _sent.Task;
        }
    }

    private async Task WriteAsync()
    {
        while (await _output.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (!await TrySendBatchAsync().ConfigureAwait(false))
            {
                lock (Server.Gate)
                {
                    Server.RefreshNowMs();
                    OnUnheard();
                }

                return;
            }
        }

        lock (Server.Gate)
        {
            BeginLingering();
        }

        SocketNames.TryShutdown(Socket, SocketShutdown.Send);
    }

    private async Task<bool> TrySendBatchAsync()
    {
        long bytes = 0;
        while (_output.Reader.TryRead(out var slice))
        {
            _batch.Add(slice);
            _gather.Add(new ArraySegment<byte>(slice.Segment.Bytes, slice.Start, slice.Length));
            bytes += slice.Length;
        }

        lock (Server.Gate)
        {
            SendingSinceMs = Server.RefreshNowMs();
        }

        var isSent = await TrySendAllAsync(bytes).ConfigureAwait(false);
        lock (Server.Gate)
        {
            _batch.ForEach(slice => slice.Segment.Release());
            InFlight.RemoveRange(0, _batch.Count);
            _batch.Clear();
            InFlightBytes -= bytes;
            SendingSinceMs = -1;
            _sent?.TrySetResult();
            _sent = null;
            if (isSent)
            {
                SignalWriter();
            }
        }

        _gather.Clear();
        return isSent;
    }

    private async Task<bool> TrySendAllAsync(long bytes)
    {
        try
        {
            while (bytes > 0)
            {
                var sent = _gather.Count == 1
                    ? await Socket.SendAsync(_gather[0]).ConfigureAwait(false)
                    : await Socket.SendAsync(_gather).ConfigureAwait(false);
                bytes -= sent;
                DropSent(sent);
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void DropSent(int sent)
    {
        var whole = 0;
        while (whole < _gather.Count && _gather[whole].Count <= sent)
        {
            sent -= _gather[whole++].Count;
        }

        _gather.RemoveRange(0, whole);
        if (sent > 0)
        {
            _gather[0] = _gather[0][sent..];
        }
    }

    // Releases the slices that were queued for a broken client.
    private void ReleaseRest()
    {
        lock (Server.Gate)
        {
            while (_output.Reader.TryRead(out var slice))
            {
                slice.Segment.Release();
            }

            InFlight.Clear();
        }
    }
}
