using MuxChat.Comparison.Threaded;

namespace MuxChat.Server.Hosting;

/// <summary>A server with two threads for each client.</summary>
internal sealed class ThreadHost(ThreadedServer server, ServerJournal? journal) : IChatServer
{
    private int _stopRequests;

    public bool Run()
    {
        server.Run();
        return journal?.Close() ?? true;
    }

    public bool RequestStop()
    {
        var isFirst = Interlocked.Increment(ref _stopRequests) == 1;
        server.RequestStop();
        return isFirst;
    }

    public void Dispose()
    {
        journal?.Close();
        server.Dispose();
    }
}
