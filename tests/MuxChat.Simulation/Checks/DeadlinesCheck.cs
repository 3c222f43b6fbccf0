using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Checks;

/// <summary>
/// What is due is done in the first tick at or after its time: greeting the silent, closing the idle, the
/// slow, and those who had their time.
/// </summary>
internal sealed class DeadlinesCheck : ICheck
{
    private const int IrcListener = 3;
    private const int LoginMs = 30_000;

    private readonly Dictionary<Link, Times> _times = [];

    public void AfterTick(SimWorld world)
    {
        var now = world.Clock.NowMs;
        foreach (var channel in world.Network.Registered)
        {
            if (world.ConnectionOf(channel) is not { } connection)
            {
                continue;
            }

            var link = (Link)channel.Far;
            if (!_times.TryGetValue(link, out var times))
            {
                _times[link] = times = new Times { AcceptedMs = now, HeardMs = now };
            }

            if (connection.Client.Recipient.Protocol is { } spoken)
            {
                // Asked for a password, it is served before it is in, and may turn out to speak something else.
                if (!link.IsServed && IsAskedAsAPerson(connection.Client.Recipient.Outbox))
                {
                    // Taken for a person and turned within one tick.
                    link.NoteServedAs("line", now);
                }

                link.NoteServedAs(spoken.Name, now);
            }

            times.Note(link, connection.Client, world, now);
            var limits = world.Plan.Loop;
            var isOpen = connection.Client.Ending == CloseReason.None;
            var isGreeted = link.IsServed || connection.Client.Recipient.Outbox.QueuedBytes > 0;
            var isSilent = !isGreeted && !channel.IsOpening && link.Listener != IrcListener && channel.BytesReceived == 0 && isOpen;
            Late(link, Math.Max(times.AcceptedMs, link.OpenedMs) + ProtocolDetector.SilenceMs, now, isSilent, "was not greeted");
            Late(link, times.OverSinceMs + limits.SlowConsumer.SoftMs, now, times.OverSinceMs >= 0, "reads too slowly, and was not cut");
            Late(link, times.EndingSinceMs + limits.FlushMs + limits.LingerMs, now, times.EndingSinceMs >= 0,
                "was to be closed, and was not");
            Late(link, times.ShutDownMs + limits.LingerMs, now, times.ShutDownMs >= 0, "has lingered, and was not closed");
            var hasLogin = link.ServedBy.Protocol == "irc" || world.Plan.HasPassword;
            var hasToLogIn = (link.Client.Model.Protocol == "irc" || hasLogin) && connection.Client.NickForLog.Length == 0;
            var isIrc = link.IsServed && link.ServedBy.Protocol == "irc";
            var isOutside = (isIrc || (link.IsServed && hasLogin)) && hasToLogIn && isOpen;
            var begunMs = Math.Max(Math.Max(times.AcceptedMs, link.OpenedMs), link.TurnedMs);
            Late(link, begunMs + LoginMs, now, isOutside, "did not log in, and was not closed");

            // Its commands may have waited: only who is in is asked whether it is there, and not in the tick in which it came in.
            times.HeardMs = (isIrc || hasLogin) && times.HadToLogIn ? now : times.HeardMs;
            times.HadToLogIn = hasToLogIn;
            times.HeardMs = Math.Max(times.HeardMs, link.OpenedMs);
            var isFrame = link.ServedBy.Protocol == "frame";
            var isProgram = link.IsServed && ((isFrame && !(hasLogin && hasToLogIn)) || (isIrc && !hasToLogIn)) && isOpen;
            Late(link, times.HeardMs + world.Plan.Talking.IdleCloseMs, now, isProgram, "was silent, and was not closed");
        }
    }

    private static bool IsAskedAsAPerson(Outbox outbox) => outbox.QueuedBytes > 0 && outbox.Peek(new byte[1])[0] == (byte)'*';

    private static void Late(Link link, long dueMs, long nowMs, bool isOpen, string what) =>
        Check.Fail(isOpen && nowMs >= dueMs, CheckNames.Deadlines,
        $"client {link.ClientNumber} {what}: due at {dueMs} ms, it is {nowMs} ms");

    /// <summary>When what happened to one connection, in milliseconds; -1 for not yet.</summary>
    private sealed class Times
    {
        private long _bytesReceived;
        private long _bytesSent;

        public long AcceptedMs { get; init; }

        public long HeardMs { get; set; }

        public bool HadToLogIn { get; set; } = true;

        public long OverSinceMs { get; private set; } = -1;

        public long EndingSinceMs { get; private set; } = -1;

        public long ShutDownMs { get; private set; } = -1;

        public void Note(Link link, ProtocolConnection talk, SimWorld world, long now)
        {
            if (link.Channel.BytesReceived != _bytesReceived)
            {
                _bytesReceived = link.Channel.BytesReceived;
                HeardMs = now;
            }

            // The server reads nothing from a client whose answer waits for the disk.
            HeardMs = talk.IsAnswerReady ? Math.Max(HeardMs, link.Backlog.FilePartMs) : now;

            // Within a tick it may fall below the mark and pass it again: only while nothing is sent is it over on end.
            var isOver = talk.Recipient.Outbox.QueuedBytes > world.Plan.Loop.SlowConsumer.SoftBytes;
            var hasSent = link.Channel.BytesSent != _bytesSent;
            _bytesSent = link.Channel.BytesSent;
            OverSinceMs = !isOver ? -1 : OverSinceMs < 0 || hasSent ? now : OverSinceMs;
            EndingSinceMs = talk.Ending != CloseReason.None && EndingSinceMs < 0 ? now : EndingSinceMs;
            ShutDownMs = link.Channel.IsShutDown && ShutDownMs < 0 ? now : ShutDownMs;
        }
    }
}
