namespace MuxChat.Server;

/// <summary>An admin's mistake, or the reason why the server cannot start: one clear line and an exit code.</summary>
internal sealed class StartupException : Exception
{
    /// <summary>Exit code: the server could not start.</summary>
    public const int CouldNotStart = 1;

    /// <summary>Exit code: the command line or an environment variable is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Exit code: the server stopped as requested, but some events since its start are not stored.</summary>
    public const int NotAllStored = 3;

    public StartupException(int exitCode, string message)
        : base(message) => ExitCode = exitCode;

    public int ExitCode { get; }
}
