using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.Server.Logging;

/// <summary>
/// Writes what happens to connections into the log; what a client can bring about at will, a few times a minute. What of a
/// client's reaches a log line, here and in the operators' log, goes through <see cref="Escape"/>.
/// </summary>
internal sealed class LoggingObserver(ILogger logger, TimeProvider time) : ILoopObserver, IInternalErrorObserver
{
    /// <summary>
    /// Lines a minute about clients that were cut because they do not read, and about each other thing of that kind: 10. The rest is
    /// counted.
    /// </summary>
    private const int CutsPerMinute = 10;

    /// <summary>Characters of a nick or an address that are shown: 96, more than either has.</summary>
    private const int ShownCharacters = 96;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RateLimit _turnedAway = new(time, Minute);
    private readonly RateLimit _refused = new(time, Minute);
    private readonly RateLimit _accepting = new(time, Minute);
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

    public void TurnedAway(IPeer peer, ErrorCode why, int clients)
    {
        if (why == ErrorCode.InternalError)
        {
            // Noted already, with its stack.
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

    public void Draining(int clients) => logger.Draining(clients);

    public bool Catches(Exception error) => true;

    public void Noted(long number, string doing, Exception error)
    {
        if (_internalErrors.TryPass(out var suppressed))
        {
            logger.InternalError(error, number, Escape(doing), suppressed);
        }
    }

    /// <summary>Something of a client's, as it may stand in a log line.</summary>
    public static string Escape(string fromOutside) => PlainText.Escape(fromOutside, ShownCharacters);

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
