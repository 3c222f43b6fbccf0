using MuxChat.Sockets.Polling;

namespace MuxChat.UnitTests.Sockets.Polling;

public sealed class EpollPollerTests : PollerContract
{
    protected override IPoller Create()
    {
        Assert.SkipUnless(Pollers.HasEpoll, "This system has no epoll.");
        return new EpollPoller();
    }
}
