using MuxChat.Core.Loop;

namespace MuxChat.Simulation.Checks;

/// <summary>A tick leaves nothing to be distributed, and a connection is watched for writing exactly while output waits.</summary>
internal sealed class InterestCheck : ICheck
{
    public void AfterTick(SimWorld world)
    {
        Check.Fail(world.Broadcaster.HasWork, CheckNames.Time, $"a tick has ended, and something is to be distributed or written");
        foreach (var channel in world.Network.Registered)
        {
            var queued = world.ConnectionOf(channel)?.Client.Recipient.Outbox.QueuedBytes ?? 0;
            var isWatched = (channel.Interest & Interest.Write) != 0;
            Check.Fail(
                isWatched != queued > 0,
                CheckNames.Interest,
                $"client {channel.Far.ClientNumber} has {queued} bytes queued and is {(isWatched ? "" : "not ")}watched for writing");
        }
    }
}
