using MuxChat.Sockets.Polling;

namespace MuxChat.Sockets.Tests.Polling;

public sealed class AutoPollerAtDefaultTests : PollerContract
{
    protected override IPoller Create() => new AutoPoller();
}
