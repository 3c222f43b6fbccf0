using MuxChat.Terminal.Connection;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Talking;

/// <summary>Keeps a connection for a session: connects, and connects again after a pause.</summary>
internal sealed class Link(ConnectionOptions options, ChatSession session, Action<ConnectionNews> post, Backoff backoff, TimeProvider time)
{
    private FrameConnection? _connection;
    private DateTimeOffset? _nextAttempt = DateTimeOffset.MinValue;
    private DateTimeOffset _openedAt;

    /// <summary>Gets why there is no connection, and the time to the next attempt, or null if there is none.</summary>
    public required Action<string, TimeSpan?> Lost { get; init; }

    /// <summary>When the next attempt is due; null while there is a connection or none is wanted.</summary>
    public DateTimeOffset? NextAttempt => _nextAttempt;

    /// <summary>Connects if it is time, and gives up a connection whose server is silent.</summary>
    public void Tick()
    {
        if (_connection is null && _nextAttempt <= time.GetUtcNow())
        {
            _nextAttempt = null;
            _connection = FrameConnection.Open(options, session.FirstFrame, post);
        }

        session.Tick();
        if (session.IsDead && _connection is { } silent)
        {
            Take(new ConnectionNews.Closed(silent, "the server is silent"));
        }
    }

    /// <summary>Takes news. News of an earlier connection is ignored.</summary>
    public void Take(ConnectionNews news)
    {
        if (news.Source != _connection)
        {
            return;
        }

        switch (news)
        {
            case ConnectionNews.Opened:
                _openedAt = time.GetUtcNow();
                session.Opened(news.Source.Send);
                break;
            case ConnectionNews.Received received:
                session.Receive(received.Frame);
                if (session.Fatal is not null)
                {
                    Take(new ConnectionNews.Closed(news.Source, session.Fatal));
                }

                break;
            case ConnectionNews.Closed closed:
                Closed(closed.Reason);
                break;
        }
    }

    /// <summary>Ends the connection for good.</summary>
    public void Stop()
    {
        _connection?.Dispose();
        _connection = null;
        _nextAttempt = null;
    }

    private void Closed(string reason)
    {
        var now = time.GetUtcNow();
        var lasted = session.Phase == SessionPhase.Offline ? TimeSpan.Zero : now - _openedAt;
        _connection?.Dispose();
        _connection = null;
        if (session.Phase == SessionPhase.Offline)
        {
            reason = $"cannot reach {options.Address}: {reason}";
        }
        else
        {
            reason = session.Problem.Length > 0 ? session.Problem : reason;
            session.Closed();
        }

        TimeSpan? pause = session.Fatal is null ? backoff.Next(lasted) : null;
        _nextAttempt = now + pause;
        Lost(session.Fatal ?? reason, pause);
    }
}
