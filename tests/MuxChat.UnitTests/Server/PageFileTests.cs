using System.Text.RegularExpressions;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Server;

/// <summary>The files of the page stay within their budget, and need nothing that its Content-Security-Policy refuses.</summary>
public sealed class PageFileTests
{
    private const string Folder = "src/MuxChat.Server/Web";
    private const int MaxBytes = 100 * 1024;
    private const int MaxFiles = 15;

    // The limit of 100 KB is older than these. What they add stays a module of its own with a limit of its own, so that the limit of the
    // chat itself is as tight as before.
    private static readonly Dictionary<string, int> LaterModules = new() { ["files.js"] = 7_000, ["runs.js"] = 2_500 };

    private const string AdminFolder = $"{Folder}/admin";
    private const int MaxAdminBytes = 40 * 1024;

    private static readonly string[] Files = Directory.GetFiles(Path.Combine(Repository.Root, Folder));

    public static TheoryData<string> Names => [.. Files.Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>The files of both pages, from the folder of the chat's.</summary>
    public static TheoryData<string> AllNames => [.. Names.Select(static row => row.Data),
        .. Directory.GetFiles(Path.Combine(Repository.Root, AdminFolder)).Select(static file => $"admin/{Path.GetFileName(file)}").Order()];

    [Fact]
    public void Page_for_admins_fits_into_its_budget() => Assert.InRange(
        Directory.GetFiles(Path.Combine(Repository.Root, AdminFolder)).Sum(static file => new FileInfo(file).Length), 1, MaxAdminBytes);

    [Fact]
    public void Page_fits_into_its_budget()
    {
        Assert.InRange(Files.Length, 1, MaxFiles);
        var sizes = Files.ToDictionary(static file => Path.GetFileName(file), static file => new FileInfo(file).Length);
        Assert.All(LaterModules, module => Assert.InRange(sizes[module.Key], 1, module.Value));
        Assert.InRange(sizes.Values.Sum() - LaterModules.Keys.Sum(name => sizes[name]), 1, MaxBytes);
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void File_has_nothing_that_the_policy_refuses_and_no_address_of_another_host(string name)
    {
        var text = Repository.Read($"{Folder}/{name}").Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        string[] refused = [@"\bstyle=", @"\son\w+=""", @"<script(?![^>]*\ssrc=)", "<style", "innerHTML", "outerHTML", "insertAdjacentHTML",
            @"document\.write", @"\beval\(", @"new Function", @"https?://\w", @"//\w+\.\w+/"];
        Assert.All(refused, pattern => Assert.False(Regex.IsMatch(text, pattern), $"{Folder}/{name} has {pattern}"));
    }

    [Fact]
    public void Every_module_is_preloaded_or_begins_the_page_or_is_loaded_when_it_is_used()
    {
        var index = Repository.Read($"{Folder}/index.html") + Repository.Read($"{Folder}/app.js");
        Assert.All(Names.Select(static row => row.Data).Where(static name => name.EndsWith(".js", StringComparison.Ordinal)), name =>
            Assert.Matches(
                $"<link rel=\"modulepreload\" href=\"{name}\">|<script type=\"module\" src=\"{name}\">|import\\('./{name}'\\)", index));
    }
}
