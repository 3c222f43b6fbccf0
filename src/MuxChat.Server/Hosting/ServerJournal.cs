using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat;
using MuxChat.Server.Logging;
using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Recovery;

namespace MuxChat.Server.Hosting;

/// <summary>The journal of a running server. Closing it writes the remaining events, within a time limit.</summary>
internal sealed class ServerJournal(JournalSession session, StorageThread thread, ILogger logger)
{
    /// <summary>How long a stopping server waits for the disk: 10 s. After that the journal's end is not clean.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private bool? _isWhole;

    /// <summary>Opens what <c>--data</c> names, and gives the rooms their past.</summary>
    /// <exception cref="StartupException">The directory cannot be used, another server has it, or what is in it is damaged.</exception>
    public static JournalSession Open(string directory, JournalOptions options, ChatHub hub, ILogger logger)
    {
        var result = RealDisk.Open(directory, create: true, out var disk);
        if (!result.IsOk)
        {
            throw new StartupException(StartupException.CouldNotStart, $"--data {directory}: {result.Message}");
        }

        var log = new JournalLog(logger, TimeProvider.System, hub.Metrics.Journal);
        var opening = JournalOpener.Open(disk!, options, hub, log, TimeProvider.System);
        if (opening.Session is not { } session)
        {
            throw new StartupException(StartupException.CouldNotStart, $"--data {directory}: {opening.Message}");
        }

        hub.Metrics.Journal.Up.Set(session.BeganFull ? 0 : 1);
        hub.Metrics.Journal.EventsLost.ReadFrom(() => session.Journal.NotStored);
        hub.FinishRestoring(session.Journal, session.WasClean);
        logger.JournalOpened(directory, session.Events, session.Segments, session.Restored,
            session.WasClean ? "clean" : "unclean: rooms continue in new epochs");
        return session;
    }

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
