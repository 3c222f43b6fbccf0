using System.Text;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat.Operators;

namespace MuxChat.Server.Logging;

/// <summary>
/// Logs server operators: successful and failed OPERs, and their actions. Each kind is logged a few times a minute, and the rest are
/// counted; a changed room is always logged.
/// </summary>
/// <remarks>
/// The serving thread logs kills, changed rooms and operators by user, and the worker's thread logs the rest. No rate limit is used by
/// both.
/// </remarks>
internal sealed class OperatorLog(ILogger logger, TimeProvider time)
{
    /// <summary>Lines per minute of each kind: 10.</summary>
    private const int LinesPerMinute = 10;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RateLimit _became = new(time, Minute, LinesPerMinute);
    private readonly RateLimit _wrong = new(time, Minute, LinesPerMinute);
    private readonly RateLimit _rehashed = new(time, Minute, LinesPerMinute);
    private readonly RateLimit _granted = new(time, Minute, LinesPerMinute);
    private readonly RateLimit _gateways = new(time, Minute, LinesPerMinute);
    private readonly RateLimit _killed = new(time, Minute, LinesPerMinute);

    public void Verified(OperatorClaim claim, bool isRight)
    {
        var name = LoggingObserver.Escape(Encoding.UTF8.GetString(claim.Name));
        var (nick, remote) = (LoggingObserver.Escape(claim.By.Nick), LoggingObserver.Escape(claim.By.RemoteName));
        if (isRight && _became.TryPass(out var suppressed))
        {
            logger.BecameOperator(nick, remote, name, suppressed);
        }
        else if (!isRight && _wrong.TryPass(out suppressed))
        {
            logger.WrongOperator(nick, remote, name, suppressed);
        }
    }

    public void Verified(GatewayClaim claim, bool isRight)
    {
        if (!isRight && _gateways.TryPass(out var suppressed))
        {
            logger.WrongGateway(LoggingObserver.Escape(claim.RemoteName), suppressed);
        }
    }

    public void Killed(OperatorAct act, string victim)
    {
        if (_killed.TryPass(out var suppressed))
        {
            logger.Killed(LoggingObserver.Escape(act.Nick), LoggingObserver.Escape(act.RemoteName),
                LoggingObserver.Escape(victim), suppressed);
        }
    }

    public void Overrode(OperatorAct act, string room, string modes) => logger.Overrode(
        LoggingObserver.Escape(act.Nick), LoggingObserver.Escape(act.RemoteName), LoggingObserver.Escape(room),
        LoggingObserver.Escape(modes));

    public void Granted(OperatorAct act, string user)
    {
        if (_granted.TryPass(out var suppressed))
        {
            logger.IsOperatorByUser(LoggingObserver.Escape(act.Nick), LoggingObserver.Escape(act.RemoteName), LoggingObserver.Escape(user),
                suppressed);
        }
    }

    public void Rehashed(OperatorAct act, string outcome)
    {
        if (_rehashed.TryPass(out var suppressed))
        {
            logger.Rehashed(LoggingObserver.Escape(act.Nick), LoggingObserver.Escape(act.RemoteName), outcome, suppressed);
        }
    }
}
