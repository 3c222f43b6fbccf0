using System.Net.Sockets;
using MuxChat.Comparison.Locked;
using MuxChat.Core.Buffers;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols;

namespace MuxChat.Comparison.Threaded;

/// <summary>A client with a reading and a writing thread, over a blocking socket.</summary>
internal sealed class ThreadedClient : LockedClient
{
    /// <summary>Stack of each thread in bytes: 256 KiB, of which only touched pages use memory.</summary>
    private const int StackBytes = 256 * 1024;

    /// <summary>Bytes read at once: 8 KiB.</summary>
    private const int ReadBytes = 8 * 1024;

    private readonly WriterSignal _signal = new();
    private readonly ClientWriter _writer;
    private readonly Thread _reader;

    public ThreadedClient(LockedContext server, Socket socket)
        : base(server, socket)
    {
        _writer = new ClientWriter(this, server, socket, _signal, StackBytes);
        _reader = new Thread(Read, StackBytes) { IsBackground = true, Name = "reader" };
    }

    /// <summary>Begins to serve the client and starts both threads. Call it under the gate.</summary>
    /// <exception cref="OutOfMemoryException">The system has no more threads.</exception>
    public void Start(IProtocol? protocol)
    {
        Begin(protocol);
        try
        {
            _writer.Start();
            _reader.Start();
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            OnBroken();
            throw;
        }
    }

    /// <summary>Records the bytes that the writer has taken from the outbox, or that it has none. Call it under the gate.</summary>
    public void NoteSending(long sinceMs, long bytes, List<Slice> slices)
    {
        SendingSinceMs = sinceMs;
        InFlightBytes = bytes;
        InFlight.Clear();
        InFlight.AddRange(slices);
    }

    protected override void SignalWriter() => _signal.Raise();

    protected override void EndWaits() => _signal.Break();

    private void Read()
    {
        try
        {
            ReadAll();
        }
        catch (Exception error) when (Server.Errors.Catches(error))
        {
            Failed(error, "reading from");
        }

        if (IsHalfClosed())
        {
            // OnTime limits this wait.
            _writer.Join();
        }

        CloseDown();
        _writer.Join();
        Forget();
    }

    private void ReadAll()
    {
        while (true)
        {
            var received = Socket.Receive(Buffer.GetSpan(ReadBytes)[..ReadBytes], SocketFlags.None, out var error);
            if (error == SocketError.Interrupted)
            {
                continue;
            }

            if (error != SocketError.Success)
            {
                ReadFailed();
                return;
            }

            Buffer.Advance(received);
            Pump(inputEnded: received == 0);
            if (received == 0)
            {
                return;
            }
        }
    }

    private void Pump(bool inputEnded)
    {
        var hasInput = !inputEnded;
        while (true)
        {
            switch (Feed(hasInput, inputEnded, out var pauseMs))
            {
                case FeedStatus.FloodPaused:
                    _signal.Pause(pauseMs);
                    break;
                case FeedStatus.OutputPaused:
                    _signal.WaitSent();
                    break;
                case FeedStatus.Ended or FeedStatus.NeedMore:
                    return;
            }

            hasInput = false;
        }
    }
}
