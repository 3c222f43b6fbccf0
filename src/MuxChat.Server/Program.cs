using System.Runtime.CompilerServices;
using MuxChat.Server.Commands;
using MuxChat.Server.Hosting;
using MuxChat.Server.Options;
using MuxChat.Sockets.Listening;

namespace MuxChat.Server;

/// <summary>The process: passes its descriptors, streams and environment to the command line.</summary>
internal static class Program
{
    /// <summary>Descriptors without which no command can run: 64. The runtime opens a file twice for each assembly that it loads.</summary>
    private const int MinDescriptors = 64;

    /// <summary>Descriptors that a server opens after reading the command line and before it counts those left for clients: 96.</summary>
    private const int MinForServing = 96;

    // Check this first, and keep the rest in other methods: without descriptors, the runtime
    // could not load the code that reports the error.
    private static int Main(string[] args)
    {
        Descriptors.RaiseLimit();
        if (Descriptors.Limit() < MinDescriptors)
        {
            Console.Error.WriteLine(
                $"muxchat: too few descriptors: {Descriptors.Limit()}, and every command needs at least {MinDescriptors}; "
                    + "raise ulimit -n");
            return StartupException.CouldNotStart;
        }

        return Run(args);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(string[] args)
    {
        Console.SetOut(Writer(StandardStream.OpenOutput()));
        Console.SetError(Writer(StandardStream.OpenError()));
        Func<Stream>? input = Console.IsInputRedirected ? StandardStream.OpenInput : null;
        return CommandLine.Run(args, new ProgramEnvironment(Variables.OfProcess(), input, Console.Out, Console.Error, Serve));
    }

    private static StreamWriter Writer(Stream stream) => new(stream, Console.OutputEncoding) { AutoFlush = true };

    private static int Serve(ServerOptions options)
    {
        var left = Descriptors.Left();
        return left >= MinForServing
            ? Host.Run(options)
            : throw new StartupException(
                StartupException.CouldNotStart,
                $"too few descriptors: {left} are left of {Descriptors.Limit()}, and a server needs {MinForServing} "
                    + "before the first client; raise ulimit -n");
    }
}
