namespace MuxChat.Server;

/// <summary>What a command line needs of its process. A test gives its own, and sees what the program would say, without a process.</summary>
/// <param name="Variables">The environment variables.</param>
/// <param name="Input">Opens standard input; null where that is a terminal, at which a password is typed unseen.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
/// <param name="Serve">Serves until the server is stopped, and returns the exit code.</param>
internal sealed record Surroundings(
    Variables Variables, Func<Stream>? Input, TextWriter Output, TextWriter Errors, Func<ServerOptions, int> Serve);
