using System.Net.Sockets;
using MuxChat.Comparison.Locked;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols;
using MuxChat.Core.Settings;
using MuxChat.Sockets.Listening;

namespace MuxChat.Comparison.Async;

/// <summary>
/// The same chat in idiomatic .NET, for comparison with the event loop: async/await over
/// <see cref="Socket"/>, one bounded channel per client, the thread pool.
/// </summary>
public sealed class AsyncServer : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly LockedContext _context;
    private readonly IReadOnlyList<Socket> _listeners;
    private readonly IProtocol?[] _protocols;
    private readonly SegmentWriter _notices;
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Takes ownership of listening sockets.</summary>
    public AsyncServer(
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
    public async Task RunAsync()
    {
        var accepting = _listeners.Select((listener, i) => AcceptAllAsync(listener, _protocols[i])).ToArray();
        using var timer = new PeriodicTimer(Look);
        while (!_stop.IsCancellationRequested)
        {
            Task tick = timer.WaitForNextTickAsync(_stop.Token).AsTask();
            await tick.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _context.CheckDeadlines();
        }

        CloseListeners();
        await Task.WhenAll(accepting).ConfigureAwait(false);
        _context.StopClients();
        while (_context.CheckDeadlines() > 0)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes new outcomes of the journal and the background worker, and answers the waiting clients. Callable from any thread.
    /// </summary>
    public void OnOutcome() => _context.CollectAnswers();

    /// <summary>Asks the server to stop. Callable from any thread.</summary>
    public void RequestStop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseListeners();
        _stop.Dispose();
    }

    private void CloseListeners()
    {
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }
    }

    private async Task AcceptAllAsync(Socket listener, IProtocol? protocol)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                LetIn(await listener.AcceptAsync(_stop.Token).ConfigureAwait(false), protocol);
            }
            catch (SocketException error)
            {
                await PauseUnlessPassingAsync(error.SocketErrorCode).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void LetIn(Socket socket, IProtocol? protocol)
    {
        AsyncClient? client = null;
        lock (_context.Gate)
        {
            _context.RefreshNowMs();
            var likely = protocol ?? _context.Shared.Detector.Fallback;
            if (!new PendingConnection(_context, socket).TryComeIn(likely, _notices, () =>
                Start(client = new AsyncClient(_context, socket), protocol)))
            {
                client?.Dispose();
                client = null;
            }

            _context.Deliver();
        }

        // The call runs until the client ends, and RunAsync waits until no client is left.
        client?.Serve();
    }

    private CommandResult Start(AsyncClient client, IProtocol? protocol)
    {
        _context.Clients.Add(client);
        client.Start(protocol);
        _context.Observer.Accepted(client, _context.Clients.Count);
        return CommandResult.Ok();
    }

    private async Task PauseUnlessPassingAsync(SocketError error)
    {
        if (ClientSockets.IsPassing(error))
        {
            return;
        }

        lock (_context.Gate)
        {
            _context.Observer.AcceptPaused(_context.Limits.AcceptPauseMs, _context.Clients.Count);
        }

        await Task.Delay(_context.Limits.AcceptPauseMs, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
