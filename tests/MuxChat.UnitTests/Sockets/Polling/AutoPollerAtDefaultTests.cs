using MuxChat.Sockets.Polling;

namespace MuxChat.UnitTests.Sockets.Polling;

public sealed class AutoPollerAtDefaultTests : PollerContract
{
    protected override IPoller Create() => new AutoPoller();
}
