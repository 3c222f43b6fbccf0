using System.CommandLine;

namespace MuxChat.Simulation.Crash;

/// <summary><c>crash</c>: kills a muxchat that keeps a journal, again and again, and looks whether what it acknowledged is there.</summary>
internal static class CrashCommand
{
    private static readonly Option<long> Rounds =
        CommandLine.WholeNumber("--rounds", "Number of times to kill the server.", 20, min: 1, max: int.MaxValue);
    private static readonly Option<long> Seed = CommandLine.WholeNumber("--seed", "Seed of the kills' times.", 1, max: int.MaxValue);
    private static readonly Option<long> Clients = CommandLine.WholeNumber("--clients", "Talking clients.", 12, min: 1, max: 10_000);
    private static readonly Option<long> MaxLines = CommandLine.WholeNumber(
        "--most-lines", "Lines acknowledged in a round after which the kill comes at the latest; it comes at a random moment.", 600, min: 1,
        max: int.MaxValue);

    private static readonly Option<string> Io =
        new Option<string>("--io") { Description = "The server's I/O model.", DefaultValueFactory = _ => "auto" }
        .AcceptOnlyFromAmong("auto", "select", "epoll", "threads", "async");

    private static readonly Option<string> Durability = new Option<string>("--durability")
    {
        Description = "The server's durability: fsync, os or none; none loses lines.",
        DefaultValueFactory = _ => "fsync",
    }.AcceptOnlyFromAmong("fsync", "os", "none");

    private static readonly Option<string?> Data = new("--data")
    {
        HelpName = "DIR",
        Description = "Directory for the journal, which is kept; a temporary one by default.",
    };

    public static Command Create()
    {
        var command = new Command("crash",
            "Kills a muxchat with a journal again and again, and checks that no acknowledged line is lost, duplicated or renumbered.")
        {
            Rounds, Seed, Clients, MaxLines, Io, Durability, Data,
        };
        command.SetAction(static parsed => Run(parsed));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var given = parsed.GetValue(Data);
        var directory = given ?? Directory.CreateTempSubdirectory("muxchat-crash").FullName;
        var settings = new CampaignSettings(
            (int)parsed.GetValue(Rounds), (int)parsed.GetValue(Seed), (int)parsed.GetValue(Clients), (int)parsed.GetValue(MaxLines),
            directory, parsed.GetValue(Io)!, parsed.GetValue(Durability)!);
        var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        bool isFine;
        try
        {
            isFine = new Campaign(settings, output).Run();
        }
        catch (InvalidOperationException error)
        {
            errors.WriteLine($"crash: {error.Message} The journal is in {directory}.");
            return CommandLine.Failed;
        }

        if (isFine && given is null)
        {
            Directory.Delete(directory, recursive: true);
        }

        return isFine ? 0 : CommandLine.Failed;
    }
}
