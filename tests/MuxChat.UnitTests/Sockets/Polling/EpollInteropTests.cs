using System.Runtime.InteropServices;
using MuxChat.Sockets.Polling;

namespace MuxChat.UnitTests.Sockets.Polling;

public sealed class EpollInteropTests
{
    [Fact]
    public void Event_is_packed_on_x64_and_nowhere_else()
    {
        var isPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;

        Assert.Equal(isPacked ? 12 : 16, EpollInterop.EventBytes);
        Assert.Equal(isPacked ? 4 : 8, EpollInterop.DataOffset);
    }
}
