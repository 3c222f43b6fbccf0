namespace MuxChat.Server.Hosting;

/// <summary>A running server, whatever its I/O model.</summary>
internal interface IChatServer : IDisposable
{
    /// <summary>Serves until it was asked to stop and every client is gone, and closes the journal.</summary>
    /// <returns>Whether everything is stored that a journal was given; true without one.</returns>
    bool Run();

    /// <summary>Asks it to stop. From any thread. Returns false when it had been asked before.</summary>
    bool RequestStop();
}
