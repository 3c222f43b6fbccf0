using MuxChat.Sockets.Polling;

namespace MuxChat.UnitTests.Sockets.Polling;

public sealed class SelectPollerTests : PollerContract
{
    protected override IPoller Create() => new SelectPoller();
}
