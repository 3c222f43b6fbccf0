using Microsoft.Extensions.Logging;
using MuxChat.Server.Logging;
using MuxChat.Storage;

namespace MuxChat.Server.Hosting;

/// <summary>The journal of a running server, and its end: what is left is written, within limits.</summary>
internal sealed class ServerJournal(JournalSession session, JournalThread thread, ILogger logger)
{
    /// <summary>How long a stopping server waits for its disk: 10 s. After that its end is not clean.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private bool? _isWhole;

    /// <summary>Writes what is left. Called once nobody says anything any more; a second call does nothing.</summary>
    /// <returns>Whether everything is stored that the server was given since it started. What is not is logged.</returns>
    public bool Close() => _isWhole ??= TryClose();

    private bool TryClose()
    {
        if (!thread.Close(Patience))
        {
            logger.JournalNotClosed(Patience.TotalSeconds);
            return false;
        }

        if (session.Lost is not { } why)
        {
            return true;
        }

        logger.StoppedNotStored(session.Journal.NotStored, why);
        return false;
    }
}
