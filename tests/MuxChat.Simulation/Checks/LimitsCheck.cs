using MuxChat.Core.Buffers;

namespace MuxChat.Simulation.Checks;

/// <summary>What is queued and held stays within the limits.</summary>
internal sealed class LimitsCheck : ICheck
{
    public void AfterTick(SimWorld world)
    {
        var queued = 0L;
        foreach (var channel in world.Network.Registered)
        {
            if (world.ConnectionOf(channel) is not { } connection)
            {
                continue;
            }

            var outbox = connection.Conversation.Recipient.Outbox;
            queued += outbox.QueuedBytes;
            var hard = world.Plan.Loop.SlowConsumer.HardBytes;
            Check.Fail(outbox.QueuedBytes > hard, CheckNames.Limits, $"client {channel.Far.ClientNumber} has {outbox.QueuedBytes} bytes queued, {hard} are allowed");

            // Many slices are let be while the segments they hold are worth it: at most eight times their bytes.
            if (outbox.SliceCount >= Outbox.ManySlices)
            {
                world.Machine.Milestones.Note(Running.Milestone.ManySlices);
            }

            var most = Math.Max(Outbox.ManySlices, (outbox.QueuedBytes * Outbox.MaxHeldPerByte / Segment.SizeBytes) + 1);
            Check.Fail(
                outbox.SliceCount > most && CountSegments(outbox) > most,
                CheckNames.Limits,
                $"client {channel.Far.ClientNumber} has {outbox.SliceCount} slices with {outbox.QueuedBytes} bytes");

            var longest = Math.Max(world.Plan.LineBytes + 1, world.Plan.FrameBytes + 4);
            var heldMost = 2 * (Math.Max(512, longest + 512) + (2 * world.Plan.Loop.ReadBytesPerTick));
            Check.Fail(
                connection.HeldInputBytes > heldMost,
                CheckNames.Limits,
                $"client {channel.Far.ClientNumber} holds {connection.HeldInputBytes} bytes of input, {heldMost} are allowed");
        }

        var cap = world.Plan.Loop.QueuedBytes;
        Check.Fail(queued > cap, CheckNames.Limits, $"{queued} bytes are queued for all together, {cap} are allowed");
        Check.Fail(world.Loop.ConnectionCount > world.Plan.Loop.Clients, CheckNames.Limits, $"{world.Loop.ConnectionCount} connections, {world.Plan.Loop.Clients} are allowed");
    }

    private static int CountSegments(Outbox outbox)
    {
        var slices = new List<Slice>();
        outbox.CopyTo(slices);
        var runs = 0;
        for (var i = 0; i < slices.Count; i++)
        {
            runs += i == 0 || !ReferenceEquals(slices[i].Segment, slices[i - 1].Segment) ? 1 : 0;
        }

        return runs;
    }
}
