using System.Text.Json;
using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.Web;

/// <summary>
/// The scripts of this folder that drive a browser, next to the npm packages that they need. Made once; skipped where something is missing.
/// </summary>
/// <remarks>They lie in a folder below obj/: the repository stays as it is, and a second run needs no network.</remarks>
public sealed class PageScripts
{
    /// <summary>Where the sources are, from the root of the repository.</summary>
    internal const string SourceFolder = "tests/MuxChat.DeepTests/Web";

    /// <summary>The first versions of Node.js that take a file for a module by its text, as the page's files need it.</summary>
    private static readonly Version[] FirstNodes = [new(20, 19), new(22, 7)];

    private readonly string _folder = Path.Combine(Repository.Root, "tests/MuxChat.DeepTests/obj/page");

    public PageScripts()
    {
        Missing = FindMissing() ?? Install();
    }

    /// <summary>What this machine lacks to run the scripts; null if nothing.</summary>
    public string? Missing { get; }

    /// <summary>What this machine lacks to run the tests of the modules; null if nothing.</summary>
    internal static string? FindMissingNode()
    {
        if (!Programs.IsInPath("node"))
        {
            return "there is no node";
        }

        var text = ProgramRun.Of(Programs.Command(["node", "--version"]), Guard.Ms).OutputText.TrimStart('v');
        return Version.TryParse(text, out var version)
            && (version.Major > FirstNodes[^1].Major || FirstNodes.Any(first => first.Major == version.Major && version >= first))
                ? null : $"node {text} does not read modules by their text";
    }

    /// <summary>Runs a script to its end.</summary>
    public ProgramRun Run(string script) => ProgramRun.Of(Start(["node", Path.Combine(_folder, script)]), Guard.ProgramMs);

    private static string? FindMissing() => FindMissingNode() ??
        (!Programs.IsInPath("npm") ? "there is no npm" : Programs.FindBrowser() is null ? "there is no chromium" : null);

    private System.Diagnostics.ProcessStartInfo Start(IEnumerable<string> words)
    {
        var start = Programs.Command(words, new Dictionary<string, string>
        {
            ["PAGE_SERVER"] = JsonSerializer.Serialize(Muxchat.Words),
            ["CHROMIUM"] = Programs.FindBrowser() ?? "",
        });
        start.WorkingDirectory = _folder;
        return start;
    }

    private string? Install()
    {
        Directory.CreateDirectory(_folder);
        var sources = Path.Combine(Repository.Root, SourceFolder);
        foreach (var file in Directory.GetFiles(sources).Where(static file => !file.EndsWith(".cs", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)), overwrite: true);
        }

        // npm writes this file last; its time says which lock file is installed.
        var installed = new FileInfo(Path.Combine(_folder, "node_modules/.package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(sources, "package-lock.json")))
        {
            return null;
        }

        var run = ProgramRun.Of(Start(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]), Guard.ProgramMs);
        return run.ExitCode == 0 ? null : $"npm cannot have the packages: {run.ErrorText}";
    }
}
