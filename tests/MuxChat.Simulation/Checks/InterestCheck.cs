using MuxChat.Core.Loop;
using MuxChat.Simulation.Wire;

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
                isWatched != (queued > 0 || IsHolding(channel)),
                CheckNames.Interest,
                $"client {channel.Far.ClientNumber} has {queued} bytes queued and is {(isWatched ? "" : "not ")}watched for writing; "
                    + $"its cipher holds more: {channel.HasUnsent}");
        }
    }

    /// <summary>Whether the channel's cipher holds what is still to be sent.</summary>
    public static bool IsHolding(SimChannel channel) => channel is { HasUnsent: true, IsShutDown: false, IsUnwatched: false };
}
