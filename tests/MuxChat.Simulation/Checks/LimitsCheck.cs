using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Checks;

/// <summary>What is queued and held stays within the limits.</summary>
internal sealed class LimitsCheck : ICheck
{
    /// <summary>A line of IRC with all its tags.</summary>
    private const int MaxIrcBytes = 8191 + 512;
    private const int LastWordBytes = 512;

    public void AfterTick(SimWorld world)
    {
        world.Life.Files?.AfterTick();
        var queued = 0L;
        foreach (var channel in world.Network.Registered)
        {
            if (world.ConnectionOf(channel) is not { } connection)
            {
                continue;
            }

            var outbox = connection.Client.Recipient.Outbox;
            NoteBacklog((Link)channel.Far, outbox, world);
            NoteInput((Link)channel.Far, connection.Client, world);
            queued += outbox.QueuedBytes;
            var hard = world.Plan.Loop.SlowConsumer.HardBytes;
            Check.Fail(outbox.QueuedBytes > hard, CheckNames.Limits,
                $"client {channel.Far.ClientNumber} has {outbox.QueuedBytes} bytes queued, {hard} are allowed");

            if (outbox.SliceCount >= Outbox.ManySlices / 2)
            {
                world.Machine.Milestones.Note(Running.Milestone.ManySlices);
            }

            // Between two looks at what its slices hold they may double: only the last limit holds at any time.
            Check.Fail(
                outbox.SliceCount > Outbox.MaxSlices,
                CheckNames.Limits,
                $"client {channel.Far.ClientNumber} has {outbox.SliceCount} slices, {Outbox.MaxSlices} are allowed");

            var longest = Math.Max(world.Plan.LineBytes + 1, world.Plan.FrameBytes + 4);
            longest = ((Link)channel.Far).ServedBy.Protocol == "irc" ? Math.Max(longest, MaxIrcBytes) : longest;
            var heldMost = 2 * (Math.Max(512, longest + 512) + (2 * Math.Max(world.Plan.Loop.ReadBytesPerTick, channel.MinReceiveBytes)));
            Check.Fail(
                connection.HeldInputBytes > heldMost,
                CheckNames.Limits,
                $"client {channel.Far.ClientNumber} holds {connection.HeldInputBytes} bytes of input, {heldMost} are allowed");
        }

        var cap = world.Plan.Loop.QueuedBytes;
        if (queued > cap)
        {
            // Between two counts a sixty-fourth of the cap may be encoded; and after the last one of a tick, that somebody is gone.
            var once = CountOnce(world);
            Check.Fail(
                once > cap + Math.Max(cap / 64, LastWordBytes),
                CheckNames.Limits,
                $"{once} bytes are queued for all together, {cap} are allowed");
        }

        Check.Fail(world.Loop.ConnectionCount > world.Plan.Loop.Clients, CheckNames.Limits,
            $"{world.Loop.ConnectionCount} connections, {world.Plan.Loop.Clients} are allowed");
    }

    private static long CountOnce(SimWorld world)
    {
        var slices = new List<Slice>();
        foreach (var channel in world.Network.Registered)
        {
            world.ConnectionOf(channel)?.Client.Recipient.Outbox.CopyTo(slices);
        }

        var once = 0L;
        foreach (var segment in slices.GroupBy(static slice => slice.Segment))
        {
            var end = 0;
            foreach (var slice in segment.OrderBy(static slice => slice.Start))
            {
                once += Math.Max(0, slice.Start + slice.Length - Math.Max(end, slice.Start));
                end = Math.Max(end, slice.Start + slice.Length);
            }
        }

        return once;
    }

    // For whoever asks, when it is cut, whether it had to be.
    private static void NoteBacklog(Link link, Outbox outbox, SimWorld world)
    {
        var isOver = outbox.QueuedBytes > world.Plan.Loop.SlowConsumer.SoftBytes;
        link.Backlog.QueuedBytes = outbox.QueuedBytes;
        link.Backlog.BytesSent = link.Channel.BytesSent;
        link.Backlog.MaxAddedBytes = 0;
        link.Backlog.OverSinceMs = !isOver ? -1 : link.Backlog.OverSinceMs < 0 ? world.Clock.NowMs : link.Backlog.OverSinceMs;
    }

    private static void NoteInput(Link link, ProtocolConnection client, SimWorld world)
    {
        var backlog = link.Backlog;
        backlog.LastInputMs = Math.Max(backlog.LastInputMs, link.OpenedMs);
        if (client.Ending != CloseReason.None)
        {
            backlog.EndedMs = backlog.EndedMs < 0 ? world.Clock.NowMs : backlog.EndedMs;
        }
        else if (link.Channel.BytesReceived > backlog.BytesReceived)
        {
            backlog.LastInputMs = world.Clock.NowMs;
            backlog.BytesReceived = link.Channel.BytesReceived;
        }
    }
}
