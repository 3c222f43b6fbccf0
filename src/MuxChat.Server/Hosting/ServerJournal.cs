using Microsoft.Extensions.Logging;
using MuxChat.Storage;

namespace MuxChat.Server.Hosting;

/// <summary>The journal of a running server, and its end: what is left is written, within limits.</summary>
internal sealed class ServerJournal(JournalThread thread, ILogger logger)
{
    /// <summary>How long a stopping server waits for its disk: 10 s. After that its end is not clean.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Writes what is left. Called once nobody says anything any more.</summary>
    public void Close()
    {
        if (!thread.Close(Patience))
        {
            logger.JournalNotClosed(Patience.TotalSeconds);
        }
    }
}
