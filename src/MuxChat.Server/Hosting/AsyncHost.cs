using MuxChat.Comparison.Async;

namespace MuxChat.Server.Hosting;

/// <summary>A server on async/await and the thread pool.</summary>
internal sealed class AsyncHost(AsyncServer server, ServerJournal? journal) : IChatServer
{
    private int _stopRequests;

    public bool Run()
    {
        server.RunAsync().GetAwaiter().GetResult();
        return journal?.Close() ?? true;
    }

    public bool RequestStop()
    {
        var isFirst = Interlocked.Increment(ref _stopRequests) == 1;
        if (isFirst)
        {
            server.RequestStop();
        }

        return isFirst;
    }

    public void Dispose()
    {
        journal?.Close();
        server.Dispose();
    }
}
