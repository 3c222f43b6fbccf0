using MuxChat.Sockets.Polling;

namespace MuxChat.Sockets.Tests.Polling;

public sealed class SelectPollerTests : PollerContract
{
    protected override IPoller Create() => new SelectPoller();
}
