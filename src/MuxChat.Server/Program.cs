using System.CommandLine;
using MuxChat.Server;
using MuxChat.Server.Hosting;

var options = new OptionSet();
var root = new RootCommand("MuxChat: a chat server on one event loop. Without a command it serves.");
var serve = new Command("serve", "Serves until SIGINT or SIGTERM: then it tells every client and stops; a second signal stops it at once.");
foreach (var option in options.Options)
{
    root.Options.Add(option);
    serve.Options.Add(option);
}

root.Subcommands.Add(serve);
root.Subcommands.Add(JournalCommands.Create());
root.Subcommands.Add(HashCommand.Create());
root.SetAction(parsed => Host.Run(options.Read(parsed)));
serve.SetAction(parsed => Host.Run(options.Read(parsed)));

try
{
    var parsed = root.Parse(args);
    if (parsed.Errors.Count > 0)
    {
        throw new OperatorException(OperatorException.Usage, $"{parsed.Errors[0].Message} (muxchat --help lists the options)");
    }

    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (OperatorException error)
{
    await Console.Error.WriteLineAsync($"muxchat: {error.Message.ReplaceLineEndings(" ")}").ConfigureAwait(false);
    return error.ExitCode;
}
