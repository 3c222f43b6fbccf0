using System.Net.Sockets;
using MuxChat.Comparison.Locked;
using MuxChat.Core.Buffers;
using MuxChat.Sockets.Channels;

namespace MuxChat.Comparison.Threaded;

/// <summary>
/// The writing thread of one client. Takes all queued slices under the gate, and sends them outside the gate in one call.
/// </summary>
internal sealed class ClientWriter
{
    private readonly ThreadedClient _client;
    private readonly LockedContext _server;
    private readonly Socket _socket;
    private readonly WriterSignal _signal;
    private readonly Thread _thread;
    private readonly List<Slice> _batch = [];
    private readonly List<ArraySegment<byte>> _gather = [];

    public ClientWriter(ThreadedClient client, LockedContext server, Socket socket, WriterSignal signal, int stackBytes)
    {
        _client = client;
        _server = server;
        _socket = socket;
        _signal = signal;
        _thread = new Thread(Run, stackBytes) { IsBackground = true, Name = "writer" };
    }

    public void Start() => _thread.Start();

    /// <summary>Waits for the thread to end, if it was started.</summary>
    public void Join()
    {
        if ((_thread.ThreadState & ThreadState.Unstarted) == 0)
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        try
        {
            SendAll();
        }
        catch (Exception error) when (_server.Errors.Catches(error))
        {
            _client.Failed(error, "writing to");
            Stop();
        }
    }

    private void SendAll()
    {
        while (true)
        {
            bool isFinishing;
            lock (_server.Gate)
            {
                ReleaseBatch();
                var bytes = _client.Recipient.Outbox.QueuedBytes;
                _client.Recipient.Outbox.TakeAll(_batch);
                _client.NoteSending(bytes > 0 ? _server.RefreshNowMs() : -1, bytes, _batch);
                isFinishing = _client.IsFinishing;
            }

            if (_batch.Count > 0)
            {
                if (!TrySend())
                {
                    Stop();
                    _signal.NoteSent();
                    return;
                }

                _signal.NoteSent();
            }
            else if (isFinishing)
            {
                Finish();
                return;
            }
            else if (!_signal.WaitForOutput())
            {
                Stop();
                return;
            }
        }
    }

    // A blocking send accepts all bytes unless the connection breaks. After a signal, the rest is sent again.
    private bool TrySend()
    {
        if (_batch.Count == 1)
        {
            return TrySendOne(_batch[0].Span);
        }

        _gather.Clear();
        long total = 0;
        foreach (var slice in _batch)
        {
            _gather.Add(new ArraySegment<byte>(slice.Segment.Bytes, slice.Start, slice.Length));
            total += slice.Length;
        }

        var sent = _socket.Send(_gather, SocketFlags.None, out var error);
        if (error != SocketError.Success)
        {
            return false;
        }

        foreach (var slice in _batch)
        {
            var skip = Math.Min(sent, slice.Length);
            sent -= skip;
            if (skip < slice.Length && !TrySendOne(slice.Span[skip..]))
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySendOne(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var sent = _socket.Send(bytes, SocketFlags.None, out var error);
            if (error is not (SocketError.Success or SocketError.Interrupted))
            {
                return false;
            }

            bytes = bytes[sent..];
        }

        return true;
    }

    private void Stop()
    {
        lock (_server.Gate)
        {
            ReleaseBatch();
            _client.NoteSending(-1, 0, _batch);
            _client.OnUnheard();
        }
    }

    private void Finish()
    {
        lock (_server.Gate)
        {
            _client.BeginLingering();
        }

        SocketNames.TryShutdown(_socket, SocketShutdown.Send);
    }

    private void ReleaseBatch()
    {
        foreach (var slice in _batch)
        {
            slice.Segment.Release();
        }

        _batch.Clear();
    }
}
