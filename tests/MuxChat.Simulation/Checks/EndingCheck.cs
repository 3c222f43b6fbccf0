using MuxChat.Core.Conversations;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Checks;

/// <summary>A connection is closed for a reason that is one.</summary>
internal static class EndingCheck
{
    /// <summary>The loop has closed a connection.</summary>
    public static void Closed(SimWorld world, Link link)
    {
        var channel = link.Channel;
        if (link.ClosedFor == CloseReason.None)
        {
            // Turned away: it never had a place. Any other is closed by the reaping at the end of a tick, which tells the reason first.
            Check.Fail(!channel.IsShutDown || link.IsServed, CheckNames.Doomed, $"client {link.ClientNumber} was closed before it was reaped");
            return;
        }

        var isTrue = link.ClosedFor switch
        {
            CloseReason.Quit => link.HasQuit,
            CloseReason.EndOfInput => channel.IsKnownEnded,
            CloseReason.Reset => channel.IsKnownBroken || channel.IsErrorReported,
            CloseReason.SlowConsumer => channel.LastSendFellShort || channel.BytesSent > 0,
            CloseReason.OutputCap => channel.LastSendFellShort,
            CloseReason.IdleTimeout => link.ServedBy.Protocol == "frame",
            CloseReason.FrameOverrun => link.HasOverrun || link.IsMistaken,
            CloseReason.ServerStopping => world.IsStopping,
            _ => false,
        };
        Check.Fail(!isTrue, CheckNames.Ending, $"client {link.ClientNumber} was closed as {link.ClosedFor}, which it is not");
    }
}
