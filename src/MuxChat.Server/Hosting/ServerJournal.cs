using Microsoft.Extensions.Logging;
using MuxChat.Server.Logging;
using MuxChat.Storage;

namespace MuxChat.Server.Hosting;

/// <summary>The journal of a running server. Closing it writes the remaining events, within a time limit.</summary>
internal sealed class ServerJournal(JournalSession session, JournalThread thread, ILogger logger)
{
    /// <summary>How long a stopping server waits for the disk: 10 s. After that the journal's end is not clean.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private bool? _isWhole;

    /// <summary>Writes the remaining events. Called after every client is gone; a second call does nothing.</summary>
    /// <returns>Whether all events since the start are stored. A loss is logged.</returns>
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
