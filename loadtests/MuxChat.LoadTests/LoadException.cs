namespace MuxChat.LoadTests;

/// <summary>A run could not be made, or not be finished: one clear line, and the exit code that tells whose mistake it was.</summary>
internal sealed class LoadException(string message, int exitCode = LoadCommandLine.Failed) : Exception(message)
{
    /// <summary><see cref="LoadCommandLine.Failed"/>, or <see cref="LoadCommandLine.Usage"/> when what was asked for cannot be.</summary>
    public int ExitCode => exitCode;

    /// <summary>The command line asks for something that cannot be.</summary>
    public static LoadException Usage(string message) => new(message, LoadCommandLine.Usage);
}
