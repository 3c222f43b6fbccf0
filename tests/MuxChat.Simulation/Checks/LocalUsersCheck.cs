using MuxChat.Core.Chat;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Checks;

/// <summary>A client is a server operator as soon as it is in, if the admin made its user one.</summary>
internal sealed class LocalUsersCheck : ICheck
{
    public void AfterTick(SimWorld world)
    {
        if (world.Life.Book is null || !world.Plan.HasLocalUsers || world.IsStopping)
        {
            return;
        }

        foreach (var channel in world.Network.Registered)
        {
            var link = (Link)channel.Far;
            var isIn = world.ConnectionOf(channel)?.Client is { Ending: CloseReason.None } talk && talk.NickForLog.Length > 0;
            Check.Fail(isIn && !link.IsHit && link.User is { IsOperator: true } && !link.IsServerOperator, CheckNames.Rights,
                $"client {link.ClientNumber} is in, and is no server operator, though its user is: {link.User}");
        }
    }
}
