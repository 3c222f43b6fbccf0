using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.Server.Logging;

/// <summary>Logs the events of connections. An event that clients can cause at will is logged only a few times a minute.</summary>
/// <remarks>
/// Text from a client passes through <see cref="Escape"/> before it reaches a log line, here and in <see cref="OperatorLog"/>.
/// </remarks>
internal sealed class LoggingObserver(ILogger logger, TimeProvider time) : ILoopObserver, IInternalErrorObserver
{
    /// <summary>Lines per minute about closed slow consumers, and about each similar kind of event: 10. The rest are counted.</summary>
    private const int CutsPerMinute = 10;

    /// <summary>Characters shown of a nick or an address: 128, more than either has, even with its proxy's.</summary>
    private const int ShownCharacters = 128;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RateLimit _turnedAway = new(time, Minute);
    private readonly RateLimit _refused = new(time, Minute);
    private readonly RateLimit _notOpened = new(time, Minute);
    private readonly RateLimit _accepting = new(time, Minute);
    private readonly RateLimit _receiving = new(time, Minute);
    private readonly RateLimit _dropped = new(time, Minute);
    private readonly RateLimit _unlisted = new(time, Minute);
    private readonly RateLimit _gateways = new(time, Minute);
    private readonly RateLimit _cut = new(time, Minute, CutsPerMinute);
    private readonly RateLimit _wrongPassword = new(time, Minute, CutsPerMinute);
    private readonly RateLimit _internalErrors = new(time, Minute, CutsPerMinute);

    public void Accepted(IPeer peer, int clients)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            logger.Accepted(Escape(peer.RemoteName), clients);
        }
    }

    public void Closed(IPeer peer, string nick, CloseReason reason, long unsentBytes, int clients)
    {
        WarnOfProxies(peer, reason);
        if (reason is CloseReason.SlowConsumer or CloseReason.OutputCap)
        {
            Cut(peer, nick, reason, unsentBytes, clients);
        }
        else if (reason == CloseReason.WrongPassword)
        {
            if (_wrongPassword.TryPass(out var suppressed))
            {
                logger.CutForPassword(Escape(peer.RemoteName), Escape(nick), clients, suppressed);
            }
        }
        else if (logger.IsEnabled(LogLevel.Debug))
        {
            logger.Closed(Escape(peer.RemoteName), Escape(nick), reason.ToString(), clients);
        }
    }

    public void OpeningFailed(IPeer peer, CloseReason reason, string why)
    {
        if (_notOpened.TryPass(out var suppressed))
        {
            logger.NotOpened(Escape(peer.RemoteName), reason == CloseReason.HandshakeTimeout ? "its time was up" : Escape(why), suppressed);
        }
    }

    public void TurnedAway(IPeer peer, ErrorCode why, int clients)
    {
        if (why == ErrorCode.InternalError)
        {
            // The error was logged already, with its stack.
            return;
        }

        if (why == ErrorCode.ServerFull)
        {
            if (_turnedAway.TryPass(out var suppressed))
            {
                logger.TurnedAway(Escape(peer.RemoteName), clients, suppressed);
            }
        }
        else if (_refused.TryPass(out var suppressed))
        {
            logger.RefusedAddress(Escape(peer.RemoteName), why == ErrorCode.ConnectRate ? "connects too often" : "has too many connections",
                suppressed);
        }
    }

    public void AcceptPaused(int pauseMs, int clients)
    {
        if (_accepting.TryPass(out var suppressed))
        {
            logger.AcceptPaused(pauseMs, clients, suppressed);
        }
    }

    public void DatagramDropped(IPeer sender, string why)
    {
        if (_dropped.TryPass(out var suppressed))
        {
            logger.DatagramDropped(Escape(sender.RemoteName), why, suppressed);
        }
    }

    public void DatagramsPaused(int pauseMs)
    {
        if (_receiving.TryPass(out var suppressed))
        {
            logger.DatagramsPaused(pauseMs, suppressed);
        }
    }

    public void Draining(int clients) => logger.Draining(clients);

    public bool Catches(Exception error) => true;

    public void Noted(long number, string doing, Exception error)
    {
        if (_internalErrors.TryPass(out var suppressed))
        {
            logger.InternalError(error, number, Escape(doing), suppressed);
        }
    }

    /// <summary>Returns text from a client in a form that is safe in a log line.</summary>
    public static string Escape(string fromOutside) => PlainText.Escape(fromOutside, ShownCharacters);

    // Whatever the level of the log, an admin must see why the clients of a proxy or gateway are not served.
    private void WarnOfProxies(IPeer peer, CloseReason reason)
    {
        if (reason == CloseReason.SpokeProxy && _unlisted.TryPass(out var suppressed))
        {
            logger.ProxyNotListed(Escape(peer.RemoteName), suppressed);
        }
        else if (reason == CloseReason.GatewayRefused && _gateways.TryPass(out suppressed))
        {
            logger.GatewayRefused(Escape(peer.RemoteName), suppressed);
        }
        else if (reason == CloseReason.AddressLimit && _refused.TryPass(out suppressed))
        {
            logger.RefusedAddress(Escape(peer.RemoteName), "is over its limits of connections", suppressed);
        }
    }

    private void Cut(IPeer peer, string nick, CloseReason reason, long unsentBytes, int clients)
    {
        if (!_cut.TryPass(out var suppressed))
        {
            return;
        }

        if (reason == CloseReason.OutputCap)
        {
            logger.CutForOutputCap(Escape(peer.RemoteName), Escape(nick), unsentBytes, clients, suppressed);
        }
        else
        {
            logger.CutSlowConsumer(Escape(peer.RemoteName), Escape(nick), unsentBytes, clients, suppressed);
        }
    }
}
