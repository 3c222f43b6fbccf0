namespace MuxChat.Server.Hosting;

/// <summary>A running server, whatever its I/O model.</summary>
internal interface IChatServer : IDisposable
{
    /// <summary>Serves until a stop is requested and every client is gone, then closes the journal.</summary>
    /// <returns>Whether the journal has stored all its events; true without a journal.</returns>
    bool Run();

    /// <summary>Asks the server to stop. Callable from any thread. Returns false after the first request.</summary>
    bool RequestStop();
}
