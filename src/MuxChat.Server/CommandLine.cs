using System.CommandLine;
using System.CommandLine.Invocation;
using MuxChat.Core.Chat.Text;
using MuxChat.Server.Commands;
using MuxChat.Server.Hosting;
using MuxChat.Server.Options;

namespace MuxChat.Server;

/// <summary>The command line of <c>muxchat</c>: commands, options, exit codes, and the error line.</summary>
internal static class CommandLine
{
    private const string Help = "help";
    private const string HelpOption = "--help";
    private const string Serve = "serve";

    // Other programs call it so.
    private static readonly string[] OtherNamesOfServe = ["start", "run", "server", "listen"];

    /// <summary>
    /// Parses the arguments, runs the command and returns the exit code. An error prints one line to
    /// standard error, and nothing to standard output.
    /// </summary>
    public static int Run(string[] args, ProgramEnvironment environment)
    {
        var options = OptionTable.All.ToDictionary(row => row.Name, row => row.ToOption());
        var root = new RootCommand("MuxChat: a chat server on one event loop. Without a command it serves.");
        var serve = new Command(Serve,
            "Runs until SIGINT or SIGTERM, then says goodbye to every client and stops; a second signal stops it at once.");
        foreach (var option in options.Values)
        {
            root.Options.Add(option);
            serve.Options.Add(option);
        }

        root.Options.OfType<VersionOption>().Single().Action = new ShowVersion();
        root.Subcommands.Add(serve);
        root.Subcommands.Add(JournalCommands.Create());
        root.Subcommands.Add(HashCommand.Create(environment));
        root.Subcommands.Add(CertCommand.Create(environment));
        root.Subcommands.Add(TalkCommand.Create(environment));
        root.Subcommands.Add(SayCommand.Create(environment));
        root.SetAction(parsed => environment.Serve(OptionTable.Read(parsed, options, environment.Variables)));
        serve.SetAction(parsed => environment.Serve(OptionTable.Read(parsed, options, environment.Variables)));

        try
        {
            // A text may begin with @, which would name a file of arguments.
            var configuration = new ParserConfiguration();
            configuration.ResponseFileTokenReplacer = args is [SayCommand.Name, ..] ? null : configuration.ResponseFileTokenReplacer;
            var parsed = root.Parse(args is [Help, .. var topic] ? [.. topic, HelpOption] : args, configuration);
            if (parsed.Errors.Count > 0)
            {
                throw new StartupException(StartupException.Usage, $"{MistakeIn(parsed)} (muxchat --help lists the options)");
            }

            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = environment.Output,
                Error = environment.Errors,
            });
        }
        catch (StartupException error)
        {
            // The message repeats words of the command line, which may have come from a file or another person.
            environment.Errors.WriteLine($"muxchat: {PlainText.EscapeOwn(error.Message.ReplaceLineEndings(" "))}");
            return error.ExitCode;
        }
    }

    // The same version that IRC and the metrics show.
    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(ProcessSources.Version);
            return 0;
        }
    }

    // The parser's words, or a better name for a word that it does not know.
    private static string MistakeIn(ParseResult parsed)
    {
        var message = parsed.Errors[0].Message;
        if (parsed.UnmatchedTokens is not [var word, ..])
        {
            return message;
        }

        var command = parsed.CommandResult.Command;
        var isOption = word.StartsWith("--", StringComparison.Ordinal);
        var name = isOption ? word.Split('=')[0] : word;
        var meant = isOption ? Spelling.Meant(name, command.Options.Select(static option => option.Name))
            : command is RootCommand && OtherNamesOfServe.Contains(name, StringComparer.Ordinal) ? Serve
            : Spelling.Meant(name, command.Subcommands.Select(static one => one.Name));
        return meant is null ? message : $"there is no {(isOption ? "option" : "command")} {name}: do you mean {meant}?";
    }
}

/// <summary>The process as a command line sees it. A test supplies its environment and reads the output without a process.</summary>
/// <param name="Variables">The environment variables.</param>
/// <param name="Input">Opens standard input; null if it is a terminal, at which the user types a password unseen.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
/// <param name="Serve">Serves until the server is stopped, and returns the exit code.</param>
internal sealed record ProgramEnvironment(
    Variables Variables, Func<Stream>? Input, TextWriter Output, TextWriter Errors, Func<ServerOptions, int> Serve);
