using MuxChat.Core.Loop;

namespace MuxChat.Server.Hosting;

/// <summary>A server on one event loop, which the thread that calls <see cref="Run"/> runs.</summary>
internal sealed class LoopServer(INetwork network, EventLoop loop, ServerJournal? journal) : IChatServer
{
    private int _stopRequests;

    public bool Run()
    {
        loop.Run();
        return journal?.Close() ?? true;
    }

    public bool RequestStop()
    {
        var isFirst = Interlocked.Increment(ref _stopRequests) == 1;
        loop.RequestStop();
        return isFirst;
    }

    public void Dispose()
    {
        journal?.Close();
        network.Dispose();
    }
}
