using MuxChat.Core.Chat;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Checks;

/// <summary>A connection is closed for a reason that is one.</summary>
internal static class EndingCheck
{
    /// <summary>The longest answer to a request, and more, but for the text that it may hold.</summary>
    private const long MaxAnswerBytes = 3_000;

    /// <summary>What the output of a program takes at the most.</summary>
    private const long MaxRunBytes = 20_000;

    /// <summary>What a byte of text takes at the most.</summary>
    private const long MaxEscape = 6;

    /// <summary>The loop has closed a connection.</summary>
    public static void Closed(SimWorld world, Link link)
    {
        var channel = link.Channel;
        OpeningCheck.Closed(world, link);
        if (link.ClosedFor == CloseReason.None)
        {
            // Turned away: it never had a place. Any other is closed by the reaping at the end of a tick, which tells the reason first.
            var isTurnedAway = (channel.IsShutDown || channel.IsOpening) && !link.IsServed;
            Check.Fail(!link.IsHit && !isTurnedAway, CheckNames.Doomed, $"client {link.ClientNumber} was closed before it was reaped");
            return;
        }

        var isTrue = link.ClosedFor switch
        {
            CloseReason.Quit => link.HasQuit,
            CloseReason.EndOfInput => channel.IsKnownEnded,
            CloseReason.Reset => channel.IsKnownBroken || channel.IsKnownDeaf || channel.IsErrorReported,
            CloseReason.SlowConsumer => IsSlow(world, link),
            CloseReason.OutputCap => IsBehind(world, link) && IsLargest(world, link),
            CloseReason.IdleTimeout => IsIdle(world, link),
            CloseReason.WrongPassword => link.IsForgetful,
            CloseReason.Killed => link.KilledBy is not null,
            CloseReason.LoginTimeout => (link.ServedBy.Protocol == "irc" || world.Plan.HasPassword)
                && link.LogNick is null && link.Picture.Nick.Length == 0,
            CloseReason.FrameOverrun => link.HasOverrun || link.IsMistaken,
            CloseReason.InternalError => link.IsHit,
            CloseReason.ServerStopping => world.IsStopping,
            CloseReason.HandshakeFailed or CloseReason.HandshakeTimeout => link.IsOpeningFailed,
            CloseReason.SpokeTls => link.IsTakenForPlain,
            _ => false,
        };
        Check.Fail(!isTrue, CheckNames.Ending, $"client {link.ClientNumber} was closed as {link.ClosedFor}, but it is not");

        // What a client sent before it closed its Unix socket is read, though nothing can be written to it.
        var isLost = channel.UnreadBehindHangUp > 0 && !link.IsHit && link.Cipher is null or { IsOpened: true }
            && link.ClosedFor is CloseReason.EndOfInput or CloseReason.Reset;
        Check.Fail(isLost, CheckNames.Ending,
            $"client {link.ClientNumber} was closed as {link.ClosedFor}, and {channel.UnreadBehindHangUp} bytes it sent were not read");
        if (link is { ClosedFor: CloseReason.EndOfInput, HasClosed: true })
        {
            link.CheckHeard();
        }
    }

    // For long over the lower mark, or possibly over the upper one.
    private static bool IsSlow(SimWorld world, Link link)
    {
        var rule = world.Plan.Loop.SlowConsumer;
        var backlog = link.Backlog;
        var isLong = backlog.OverSinceMs >= 0 && world.Clock.NowMs - backlog.OverSinceMs >= rule.SoftMs;
        return isLong || MaxQueued(world, link) > rule.HardBytes;
    }

    // People are never asked whether they are there.
    private static bool IsIdle(SimWorld world, Link link) => link.ServedBy.Protocol is "frame" or "irc"
        && (link.Backlog.EndedMs >= 0 || link.Channel.BytesReceived == link.Backlog.BytesReceived)
        && (link.Backlog.EndedMs < 0 ? world.Clock.NowMs : link.Backlog.EndedMs) - link.Backlog.LastInputMs
        >= world.Plan.Talking.IdleCloseMs;

    // It did not take all, or it was sent as much as may be sent in a tick and there was more.
    private static bool IsBehind(SimWorld world, Link link) =>
        link.Channel.LastSendFellShort || link.Channel.BytesSent - link.Backlog.BytesSent >= world.Plan.Loop.WriteBytesPerTick;

    // What counts is what it held alone, and of the rest its part: of n clients each has at least an n-th of what is queued for it. So
    // nobody who was sent nothing in this tick had n times as much before it as this one had when it was cut.
    private static bool IsLargest(SimWorld world, Link link)
    {
        var clients = world.Plan.Loop.Clients;
        foreach (var channel in world.Network.Registered)
        {
            var backlog = ((Link)channel.Far).Backlog;
            if (channel.BytesSent == backlog.BytesSent && backlog.QueuedBytes > clients * link.Backlog.UnsentBytes
                && world.ConnectionOf(channel) is { } other
                && other.Client.Recipient.Outbox.QueuedBytes >= backlog.QueuedBytes)
            {
                return false;
            }
        }

        return true;
    }

    // What it had, what its rooms said in this tick, its welcome and answers to what it asked.
    private static long MaxQueued(SimWorld world, Link link)
    {
        var asked = link.Intents.All.Count + 1;
        var mostAnswered = asked * (MaxAnswerBytes + (MaxEscape * world.Plan.Chat.TextBytes));

        // Who asks for the past, or enters rooms as a person, may be answered with that much more.
        var isShownThePast = link.ServedBy.Protocol == "line"
            || link.Intents.All.Any(intent => intent.Kind is IntentKind.History or IntentKind.Resume);
        mostAnswered += link.ServedBy.Protocol == "irc" ? asked * world.Plan.Chat.Replay * (500 + (2 * world.Plan.Chat.TextBytes)) : 0;
        mostAnswered += isShownThePast ? asked * (world.Plan.Chat.HistoryAnswerBytes + (MaxEscape * world.Plan.Chat.TextBytes)) : 0;
        mostAnswered += world.Plan.Runs > 0 ? asked * MaxRunBytes : 0;
        mostAnswered += asked * (world.Plan.Files?.MaxBytes * 2 ?? 0);
        return link.Backlog.QueuedBytes + link.Backlog.MaxAddedBytes + mostAnswered;
    }
}
