using MuxChat.Core.Chat;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Checks;

/// <summary>
/// Looks at channels that open: no client is greeted or heard before, none takes longer than it may, and a tick moves on no more of them
/// than it may. Each ends as opened, failed, late or gone, and that is true.
/// </summary>
internal sealed class OpeningCheck : ICheck
{
    private int _steps;

    public void AfterTick(SimWorld world)
    {
        if (world.Plan.Ciphers is null)
        {
            return;
        }

        foreach (var channel in world.Network.Registered)
        {
            var link = (Link)channel.Far;
            if (channel.Cipher is null || world.ConnectionOf(channel) is not { } connection)
            {
                continue;
            }

            if (!channel.IsOpening)
            {
                link.OpenedMs = link.OpeningSinceMs >= 0 && link.OpenedMs < 0 ? world.Clock.NowMs : link.OpenedMs;
                continue;
            }

            link.OpeningSinceMs = link.OpeningSinceMs < 0 ? world.Clock.NowMs : link.OpeningSinceMs;
            link.FailedMs = link.FailedMs < 0 && channel.OpeningFault.Length > 0 ? world.Clock.NowMs : link.FailedMs;
            var recipient = connection.Client.Recipient;
            var isBegun = recipient.Protocol is not null || recipient.Outbox.QueuedBytes > 0 || connection.Client.NickForLog.Length > 0;
            Fail(isBegun, link, $"is served as {recipient.Protocol?.Name}, and its channel has not opened");
            var isOpen = connection.Client.Ending == CloseReason.None;
            Fail(isOpen && (channel.Interest & Interest.Read) == 0, link, $"opens its channel, and is not read from");
            var dueMs = link.OpeningSinceMs + world.Plan.Loop.HandshakeMs;
            Fail(isOpen && world.Clock.NowMs >= dueMs, link, $"was to open its channel until {dueMs} ms, it is {world.Clock.NowMs} ms");
        }

        var steps = world.Machine.OpeningSteps - _steps;
        _steps = world.Machine.OpeningSteps;
        Check.Fail(steps > world.Plan.Loop.HandshakeStepsPerTick, CheckNames.Opening,
            $"a tick moved channels on {steps} times, {world.Plan.Loop.HandshakeStepsPerTick} are allowed");
    }

    /// <summary>The loop says that a channel could not open.</summary>
    public static void Failed(SimWorld world, Link link, CloseReason reason, string why)
    {
        Fail(link.IsOpeningFailed, link, $"could not open its channel for the second time");
        link.IsOpeningFailed = true;
        var isTrue = reason == CloseReason.HandshakeFailed
            ? why.Length > 0 && why == link.Channel.OpeningFault && link.Cipher is { HasSpoilt: true }
            : why.Length == 0 && link.Channel.IsOpening && link.OpeningSinceMs >= 0
                && world.Clock.NowMs - link.OpeningSinceMs >= world.Plan.Loop.HandshakeMs;
        Fail(!isTrue, link, $"could not open its channel for {reason} '{why}', and that is not so");
    }

    /// <summary>The loop has closed a connection.</summary>
    public static void Closed(SimWorld world, Link link)
    {
        var channel = link.Channel;
        var hadTime = link.FailedMs >= 0 && world.Clock.NowMs - link.FailedMs >= world.Plan.Loop.FlushMs;
        var isReachable = channel is { IsShutDown: false, IsReset: false, IsHungUp: false, IsErrorReported: false };
        Fail(link.ClosedFor == CloseReason.HandshakeFailed && isReachable && !hadTime && !link.IsHit, link,
            $"could not open its channel, and was closed before it was told so");
        var hasFailed = link.ClosedFor is CloseReason.HandshakeFailed or CloseReason.HandshakeTimeout;
        Fail(hasFailed != link.IsOpeningFailed, link, $"was closed as {link.ClosedFor}, told to have failed: {link.IsOpeningFailed}");
        Fail(hasFailed && !channel.IsOpening, link, $"was closed as {link.ClosedFor}, and its channel has opened");
        if (channel.IsShutDown && !hasFailed)
        {
            // Its client had not begun when the server said goodbye, and what it sent then is dropped.
            return;
        }

        var isKnown = link.ClosedFor is CloseReason.EndOfInput or CloseReason.Reset or CloseReason.ServerStopping
            or CloseReason.InternalError or CloseReason.None;
        Fail(channel.IsOpening && !hasFailed && (!isKnown || channel.OpeningFault.Length > 0), link,
            $"was closed as {link.ClosedFor}, and its channel did not open: {channel.OpeningFault}");
    }

    /// <summary>The server takes a client for a person because it was silent: it was, since its channel had opened.</summary>
    public static void Greeted(SimWorld world, Link link)
    {
        var isOpened = link.Channel.Cipher is { IsOpened: true };
        var silentMs = world.Clock.NowMs - (link.OpenedMs < 0 ? world.Clock.NowMs : link.OpenedMs);
        Fail(isOpened && silentMs < ProtocolDetector.SilenceMs, link, $"is greeted {silentMs} ms after its channel opened");
    }

    private static void Fail(
        bool failed, Link link, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(failed))] ref Why why)
    {
        if (failed)
        {
            throw new CheckFailedException(CheckNames.Opening, $"client {link.ClientNumber} {why.ToString()}");
        }
    }
}
