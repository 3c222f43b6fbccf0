using Microsoft.Extensions.Logging;
using MuxChat.Core.Conversations;
using MuxChat.Core.Reactor;

namespace MuxChat.Server.Hosting;

/// <summary>Writes what happens to connections into the log; what can happen a thousand times a second, once a minute.</summary>
internal sealed class LoggingObserver(ILogger logger, TimeProvider time) : ILoopObserver
{
    private static readonly TimeSpan Once = TimeSpan.FromMinutes(1);

    private readonly RateLimit _turnedAway = new(time, Once);
    private readonly RateLimit _accepting = new(time, Once);

    public void Accepted(IPeer peer, int clients)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            logger.Accepted(peer.RemoteName, clients);
        }
    }

    public void Closed(IPeer peer, string nick, CloseReason reason, int clients)
    {
        if (reason == CloseReason.SlowConsumer)
        {
            logger.CutSlowConsumer(peer.RemoteName, nick, clients);
        }
        else if (logger.IsEnabled(LogLevel.Debug))
        {
            logger.Closed(peer.RemoteName, nick, reason.ToString(), clients);
        }
    }

    public void TurnedAway(IPeer peer, int clients)
    {
        if (_turnedAway.TryPass(out var suppressed))
        {
            logger.TurnedAway(peer.RemoteName, clients, suppressed);
        }
    }

    public void AcceptPaused(int pauseMs, int clients)
    {
        if (_accepting.TryPass(out var suppressed))
        {
            logger.AcceptPaused(pauseMs, clients, suppressed);
        }
    }

    public void Draining(int clients) => logger.Draining(clients);
}
