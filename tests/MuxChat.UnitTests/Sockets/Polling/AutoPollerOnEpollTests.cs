using MuxChat.Sockets.Polling;

namespace MuxChat.UnitTests.Sockets.Polling;

public sealed class AutoPollerOnEpollTests : PollerContract
{
    protected override IPoller Create()
    {
        Assert.SkipUnless(Pollers.HasEpoll, "This system has no epoll.");
        return new AutoPoller(epollAbove: 0, selectBelow: 0);
    }
}
