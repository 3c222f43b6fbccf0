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
/// The same chat in idiomatic .NET: async/await over <see cref="Socket"/>, a bounded channel a client, the thread pool. What a team would
/// write today; here for comparison with the event loop.
/// </summary>
public sealed class AsyncServer : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly LockedContext _context;
    private readonly IReadOnlyList<Socket> _listeners;
    private readonly IProtocol?[] _protocols;
    private readonly SegmentWriter _notices;
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Takes over listening sockets.</summary>
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

    /// <summary>Serves until it was asked to stop and every client is gone.</summary>
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

    /// <summary>The journal or the background worker has an outcome: answers the clients that waited for it. From any thread.</summary>
    public void OnOutcome() => _context.CollectAnswers();

    /// <summary>Asks it to stop. From any thread.</summary>
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

        // It ends with the client, and RunAsync waits until no client is left.
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
