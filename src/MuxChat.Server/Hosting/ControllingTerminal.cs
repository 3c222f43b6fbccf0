namespace MuxChat.Server.Hosting;

/// <summary>The terminal from which the server was started, if there is one: a SIGHUP may say that it has gone away.</summary>
internal sealed class ControllingTerminal
{
    private const string Path = "/dev/tty";

    // ENXIO: the process has no controlling terminal, or it has hung up (tty(4)).
    private const int NoTerminal = 6;

    private readonly bool _isThere = !IsMissing();

    /// <summary>Whether there was a terminal at the start, and there is none now.</summary>
    public bool HasHungUp => _isThere && IsMissing();

    private static bool IsMissing()
    {
        try
        {
            using var terminal = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Any other error, such as too few descriptors, says nothing about the terminal.
            return error.HResult == NoTerminal || error is FileNotFoundException;
        }
    }
}
