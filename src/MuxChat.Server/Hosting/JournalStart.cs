using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat;
using MuxChat.Server.Logging;
using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Recovery;

namespace MuxChat.Server.Hosting;

/// <summary>Opens what <c>--data</c> names, and gives the rooms their past.</summary>
internal static class JournalStart
{
    /// <exception cref="StartupException">The directory cannot be used, another server has it, or what is in it is damaged.</exception>
    public static JournalSession Open(string directory, JournalOptions options, ChatHub hub, ILogger logger)
    {
        var result = RealDisk.Open(directory, create: true, out var disk);
        if (!result.IsOk)
        {
            throw new StartupException(StartupException.CouldNotStart, $"--data {directory}: {result.Message}");
        }

        var opening = JournalOpener.Open(disk!, options, hub, new JournalLog(logger, TimeProvider.System), TimeProvider.System);
        if (opening.Session is not { } session)
        {
            throw new StartupException(StartupException.CouldNotStart, $"--data {directory}: {opening.Message}");
        }

        hub.FinishRestoring(session.Journal, session.WasClean);
        logger.JournalOpened(directory, session.Events, session.Segments, session.Restored,
            session.WasClean ? "clean" : "unclean: rooms continue in new epochs");
        return session;
    }
}
