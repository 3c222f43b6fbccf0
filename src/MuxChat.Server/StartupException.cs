namespace MuxChat.Server;

/// <summary>What an operator did wrong, or what keeps the server from starting: one clear line and an exit code.</summary>
internal sealed class StartupException : Exception
{
    /// <summary>Exit code: the server could not start.</summary>
    public const int CouldNotStart = 1;

    /// <summary>Exit code: the command line (or an environment variable) is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Exit code: the server stopped as asked, and not everything that was said since it started is stored.</summary>
    public const int NotAllStored = 3;

    public StartupException(int exitCode, string message)
        : base(message) => ExitCode = exitCode;

    public int ExitCode { get; }
}
