namespace MuxChat.Server.Hosting;

/// <summary>A server that is ready to serve, under any I/O model.</summary>
/// <param name="serve">Serves on the calling thread until the server was asked to stop and every client is gone.</param>
/// <param name="requestStop">Asks it to stop; called once, from any thread.</param>
/// <param name="resources">The sockets and pollers to close after the server has stopped.</param>
/// <param name="journal">Its journal; null without one.</param>
/// <param name="files">Its store of shared files; null without one.</param>
internal sealed class RunningServer(
    Action serve, Action requestStop, IDisposable resources, ServerJournal? journal, SharedFileStore? files = null) : IDisposable
{
    private int _stopRequests;

    /// <summary>Serves until it was asked to stop and every client is gone, and closes the journal.</summary>
    /// <returns>Whether everything is stored that a journal was given; true without one.</returns>
    public bool Run()
    {
        serve();
        files?.Close();
        return journal?.Close() ?? true;
    }

    /// <summary>Asks it to stop. From any thread. Returns false when it had been asked before.</summary>
    public bool RequestStop()
    {
        if (Interlocked.Increment(ref _stopRequests) > 1)
        {
            return false;
        }

        requestStop();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        files?.Close();
        journal?.Close();
        resources.Dispose();
    }
}
