using System.Text.Json;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>
/// The load program as it is used, against a server behind a proxy that mangles one line in 2,000: it must say so,
/// and name that kind and no other.
/// </summary>
public class AuditTests
{
    private const int Every = 2_000;

    [Fact]
    public async Task Broadcast_through_a_clean_proxy_exits_0()
    {
        var (run, mangler, audit) = await Broadcast(Mangling.None, senders: 4, seed: 1);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.True(mangler.Said > Every, $"only {mangler.Said} lines passed");
        Assert.Equal(mangler.Said, audit["delivered"]);
        Assert.Contains("each line once, whole and in order", run.OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Mangling.Drop, "lost", 1)]
    [InlineData(Mangling.Drop, "lost", 2, Traits = ["run", "deep"])]
    [InlineData(Mangling.Repeat, "duplicated", 3, Traits = ["run", "deep"])]
    [InlineData(Mangling.Repeat, "duplicated", 4, Traits = ["run", "deep"])]
    [InlineData(Mangling.SwapWithNext, "reordered", 5, Traits = ["run", "deep"])]
    [InlineData(Mangling.SwapWithNext, "reordered", 6, Traits = ["run", "deep"])]
    [InlineData(Mangling.ChangeOneBit, "corrupted", 7)]
    [InlineData(Mangling.ChangeOneBit, "corrupted", 8, Traits = ["run", "deep"])]
    public async Task Broadcast_through_a_mangling_proxy_exits_1_and_counts_that_kind_exactly(Mangling mangling, string kind, int seed)
    {
        var (run, mangler, audit) = await Broadcast(mangling, senders: 1, seed);
        AssertNamesOnly(kind, run, mangler, audit);
        Assert.Equal(mangler.Mangled, audit[kind]);
    }

    [Fact]
    public async Task Broadcast_in_which_lines_of_different_senders_change_places_exits_1()
    {
        var (run, mangler, audit) = await Broadcast(Mangling.SwapSenders, senders: 3, seed: 9);
        AssertNamesOnly("reordered", run, mangler, audit);
    }

    private static void AssertNamesOnly(string kind, ProgramRun run, Mangler mangler, Dictionary<string, long> audit)
    {
        Assert.True(mangler.Mangled > 0, $"only {mangler.Said} lines passed");
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.All(audit.Where(pair => pair.Key != "delivered"),
            pair => Assert.True(pair.Key == kind ? pair.Value > 0 : pair.Value == 0, run.ToString()));
        Assert.Contains("AUDIT FAILED", run.OutputText, StringComparison.Ordinal);
        Assert.Contains($" {audit[kind]} {kind}", run.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("each line once", run.OutputText, StringComparison.Ordinal);
    }

    private static async Task<(ProgramRun Run, Mangler Mangler, Dictionary<string, long> Audit)> Broadcast(Mangling mangling,
        int senders, int seed)
    {
        using var folder = new OutputFolder();
        using var server = ServerProcess.Start("--listen", "line://127.0.0.1:0", "--flood", "off");
        var mangler = new Mangler(mangling, Every, seed);
        await using var proxy = new ManglingProxy(server.EndPoint("line"), mangler);
        var run = ProgramRun.Of(
            "MuxChat.LoadTests.dll", "broadcast", "--connect", $"{proxy.EndPoint}", "--clients", "20", "--senders", $"{senders}",
            "--seconds", "0.4", "--warm", "0.1", "--json", folder.File("run.json"));
        Assert.True(File.Exists(folder.File("run.json")), run.ToString());
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File("run.json"), TestContext.Current.CancellationToken));
        var audit = json.RootElement.GetProperty("results")[0].GetProperty("audit").EnumerateObject().Where(one => one.Name != "is_clean");
        return (run, mangler, audit.ToDictionary(one => one.Name, one => one.Value.GetInt64()));
    }
}
