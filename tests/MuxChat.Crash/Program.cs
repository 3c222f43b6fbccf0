using System.CommandLine;
using MuxChat.Crash;

var rounds = new Option<int>("--rounds") { Description = "How often the server is killed.", DefaultValueFactory = _ => 20 };
var seed = new Option<int>("--seed") { Description = "Decides when it is killed.", DefaultValueFactory = _ => 1 };
var clients = new Option<int>("--clients") { Description = "Clients that talk.", DefaultValueFactory = _ => 12 };
var mostLines = new Option<int>("--most-lines") { Description = "A kill comes at a random moment, when so many lines of its round are acknowledged at the latest.", DefaultValueFactory = _ => 600 };
var io = new Option<string>("--io") { Description = "The server's I/O model.", DefaultValueFactory = _ => "auto" };
var durability = new Option<string>("--durability") { Description = "What the server promises: fsync, os, or none, by which lines are lost.", DefaultValueFactory = _ => "fsync" };
var data = new Option<string?>("--data") { Description = "The journal's directory, to be looked at afterwards; a temporary one by default." };
foreach (var option in new[] { rounds, seed, clients, mostLines })
{
    option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var number) || number < 1))
        {
            result.AddError($"{option.Name} takes a whole number from 1");
        }
    });
}

var root = new RootCommand("Kills a muxchat that keeps a journal, again and again, and checks that nothing that was acknowledged is lost, doubled or renumbered.");
foreach (var option in new Option[] { rounds, seed, clients, mostLines, io, durability, data })
{
    root.Options.Add(option);
}

root.SetAction(parsed =>
{
    var directory = parsed.GetValue(data) ?? Directory.CreateTempSubdirectory("muxchat-crash").FullName;
    var settings = new CampaignSettings(
        parsed.GetValue(rounds), parsed.GetValue(seed), parsed.GetValue(clients), parsed.GetValue(mostLines), directory, parsed.GetValue(io)!, parsed.GetValue(durability)!);
    bool isFine;
    try
    {
        isFine = new Campaign(settings, Console.Out).Run();
    }
    catch (InvalidOperationException error)
    {
        Console.Error.WriteLine($"crash: {error.Message} The journal is in {directory}.");
        return 1;
    }

    if (isFine && parsed.GetValue(data) is null)
    {
        Directory.Delete(directory, recursive: true);
    }

    return isFine ? 0 : 1;
});

var command = root.Parse(args);
if (command.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync($"crash: {command.Errors[0].Message}").ConfigureAwait(false);
    return 2;
}

return await command.InvokeAsync().ConfigureAwait(false);
