using System.Net.Sockets;
using MuxChat.Comparison.Locked;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols;
using MuxChat.Core.Settings;
using MuxChat.Sockets.Listening;

namespace MuxChat.Comparison.Threaded;

/// <summary>
/// The same chat with two threads per client over blocking sockets, for comparison with the event
/// loop. Protocols, limits and answers are the same.
/// </summary>
/// <remarks>One lock guards the chat; sending happens outside it.</remarks>
public sealed class ThreadedServer : IDisposable
{
    /// <summary>Milliseconds between two checks of the deadlines: 100.</summary>
    private const int LookMs = 100;

    private readonly LockedContext _context;
    private readonly IReadOnlyList<Socket> _listeners;
    private readonly IProtocol?[] _protocols;
    private readonly SegmentWriter _notices;
    private readonly object _stop = new();
    private bool _stopRequested;

    /// <summary>Takes ownership of listening sockets.</summary>
    public ThreadedServer(
        IReadOnlyList<Socket> listeners,
        IProtocol?[] listenerProtocols,
        ClientContext shared,
        Replaceable<LoopLimits> limits,
        ILoopObserver observer)
    {
        _context = new LockedContext(shared, limits, observer);
        _listeners = listeners;
        _protocols = listenerProtocols;
        _notices = new SegmentWriter(shared.Broadcaster.Pool);
    }

    /// <summary>Serves until a stop is requested and every client is gone.</summary>
    public void Run()
    {
        var acceptors = new List<Thread>();
        for (var i = 0; i < _listeners.Count; i++)
        {
            var listener = i;
            var thread = new Thread(() => AcceptAll(listener)) { IsBackground = true, Name = "accept" };
            thread.Start();
            acceptors.Add(thread);
        }

        while (!WaitForStop(LookMs))
        {
            _context.CheckDeadlines();
        }

        Dispose();
        acceptors.ForEach(thread => thread.Join());
        _context.StopClients();
        while (_context.CheckDeadlines() > 0)
        {
            lock (_stop)
            {
                Monitor.Wait(_stop, LookMs);
            }
        }
    }

    /// <summary>
    /// Takes new outcomes of the journal and the background worker, and answers the waiting clients. Callable from any thread.
    /// </summary>
    public void OnOutcome() => _context.CollectAnswers();

    /// <summary>Asks the server to stop. Callable from any thread.</summary>
    public void RequestStop()
    {
        lock (_stop)
        {
            _stopRequested = true;
            Monitor.PulseAll(_stop);
        }
    }

    /// <summary>Closes the listeners.</summary>
    public void Dispose()
    {
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }
    }

    private void AcceptAll(int listener)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = _listeners[listener].Accept();
            }
            catch (SocketException error) when (ClientSockets.IsPassing(error.SocketErrorCode))
            {
                if (WaitForStop(0))
                {
                    return;
                }

                continue;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                if (WaitForStop(0) || PauseAccepting())
                {
                    return;
                }

                continue;
            }

            LetIn(socket, _protocols[listener]);
        }
    }

    private void LetIn(Socket socket, IProtocol? protocol)
    {
        lock (_context.Gate)
        {
            _context.RefreshNowMs();
            var likely = protocol ?? _context.Shared.Detector.Fallback;
            new PendingConnection(_context, socket).TryComeIn(likely, _notices,
                () => Start(new ThreadedClient(_context, socket), protocol));
            _context.Deliver();
        }
    }

    private CommandResult Start(ThreadedClient client, IProtocol? protocol)
    {
        _context.Clients.Add(client);
        try
        {
            client.Start(protocol);
            _context.Observer.Accepted(client, _context.Clients.Count);
            return CommandResult.Ok();
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            // The system has no more threads, so the server is full.
            _context.Clients.Remove(client);
            return _context.Limiter.Full;
        }
    }

    private bool PauseAccepting()
    {
        lock (_context.Gate)
        {
            _context.Observer.AcceptPaused(_context.Limits.AcceptPauseMs, _context.Clients.Count);
        }

        return WaitForStop(_context.Limits.AcceptPauseMs);
    }

    private bool WaitForStop(int milliseconds)
    {
        lock (_stop)
        {
            if (!_stopRequested && milliseconds > 0)
            {
                Monitor.Wait(_stop, milliseconds);
            }

            return _stopRequested;
        }
    }
}
