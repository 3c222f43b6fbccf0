namespace MuxChat.Simulation.Checks;

/// <summary>What is registered are the connections that live, each under its own token.</summary>
internal sealed class RegistrationCheck : ICheck
{
    public void AfterTick(SimWorld world)
    {
        var registered = world.Network.Registered;
        Check.Fail(
            registered.Count != world.Loop.ConnectionCount,
            CheckNames.Registration,
            $"{registered.Count} channels are registered, there are {world.Loop.ConnectionCount} connections");
        foreach (var channel in registered)
        {
            var connection = world.ConnectionOf(channel);
            Check.Fail(
                connection is null || !ReferenceEquals(connection.Channel, channel),
                CheckNames.Registration,
                $"the channel of client {channel.Far.ClientNumber} is registered under {channel.Token}, which is no "
                    + $"connection's or another's");
        }
    }
}
