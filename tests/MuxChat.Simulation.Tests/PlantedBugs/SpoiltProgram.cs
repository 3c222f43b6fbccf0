using System.Reflection;
using MuxChat.Core.Reactor;

namespace MuxChat.Simulation.Tests.PlantedBugs;

/// <summary>A copy of the simulation with one mistake compiled into the production code beneath it. The folder goes with it.</summary>
internal sealed class SpoiltProgram : IDisposable
{
    // What a project with implicit usings names, and what the simulation needs to see.
    private const string Preamble = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("MuxChat.Simulation")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("MuxChat.Storage")]
        """;

    private SpoiltProgram(string folder) => Folder = folder;

    public string Folder { get; }

    private static readonly string Root = FindRoot();

    private static readonly string[] Files =
    [
        "MuxChat.Simulation.dll", "MuxChat.Simulation.deps.json", "MuxChat.Simulation.runtimeconfig.json", "System.CommandLine.dll",
        "MuxChat.Core.dll", "MuxChat.Storage.dll",
    ];

    /// <summary>How often a bug's text stands in its file.</summary>
    public static int Occurrences(PlantedBug bug) => File.ReadAllText(Path.Combine(SourcesOf(bug), bug.File)).Split(bug.Find).Length - 1;

    public static async Task<SpoiltProgram> Build(PlantedBug bug)
    {
        var program = new SpoiltProgram(Directory.CreateTempSubdirectory("muxchat-planted-").FullName);
        foreach (var name in Files)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(program.Folder, name));
        }

        await File.WriteAllTextAsync(Path.Combine(program.Folder, "failed.seeds"), "");
        await program.Compile(bug);
        return program;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // The compiler of the SDK that runs these tests; the sources as they are, but for the one file.
    private async Task Compile(PlantedBug bug)
    {
        var folder = SourcesOf(bug);
        var spoilt = Path.Combine(folder, bug.File);
        var replacement = Path.Combine(Folder, "Spoilt.cs");
        await File.WriteAllTextAsync(replacement, (await File.ReadAllTextAsync(spoilt)).Replace(bug.Find, bug.Replacement, StringComparison.Ordinal));
        var preamble = Path.Combine(Folder, "Preamble.cs");
        var version = typeof(EventLoop).Assembly.GetName().Version;
        await File.WriteAllTextAsync(preamble, $"{Preamble}\n[assembly: System.Reflection.AssemblyVersion(\"{version}\")]\n");

        var sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => file != spoilt && !Path.GetRelativePath(folder, file).StartsWith("obj", StringComparison.Ordinal))
            .Where(file => !Path.GetRelativePath(folder, file).StartsWith("bin", StringComparison.Ordinal));
        string[] arguments =
        [
            "-noconfig", "-nologo", "-target:library", "-langversion:14.0", "-nullable:enable", "-unsafe", "-optimize+", "-deterministic+", "-warn:0",
            $"-out:{Path.Combine(Folder, bug.Project + ".dll")}",
            .. References().Select(file => $"-r:{file}"),
            .. bug.Project == "MuxChat.Core" ? [] : (string[])[$"-r:{Path.Combine(Folder, "MuxChat.Core.dll")}"],
            .. Generators().Select(file => $"-analyzer:{file}"),
            .. sources, replacement, preamble,
        ];
        var responses = Path.Combine(Folder, "compile.rsp");
        await File.WriteAllLinesAsync(responses, arguments.Skip(1).Select(argument => $"\"{argument}\""));

        // By the compiler's server, as a build does it: it is warm, and so twice as quick. It ends by itself when nobody has asked for a minute.
        var compiled = await SimProcess.OfProgram(Compiler(), "-noconfig", "-shared", "-keepalive:60", $"@{responses}");
        Assert.True(compiled.ExitCode == 0, $"{bug.Name}: it does not compile: {compiled}");
    }

    private static string SourcesOf(PlantedBug bug) => Path.Combine(Root, "src", bug.Project);

    private static string DotnetRoot() =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    private static string Compiler() => Directory.GetDirectories(Path.Combine(DotnetRoot(), "sdk"))
        .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))
        .Where(File.Exists)
        .OrderBy(File.GetLastWriteTimeUtc)
        .Last();

    // The reference assemblies where they are installed, else the runtime's own.
    private static string[] References()
    {
        var packs = Path.Combine(DotnetRoot(), "packs", "Microsoft.NETCore.App.Ref");
        var folder = Directory.Exists(packs)
            ? Directory.GetDirectories(packs).Order(StringComparer.Ordinal).Select(pack => Path.Combine(pack, "ref", "net10.0")).LastOrDefault(Directory.Exists)
            : null;
        return Directory.GetFiles(folder ?? Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Where(IsManaged).ToArray();
    }

    // Calls of the system are written by a generator that comes with the reference assemblies.
    private static string[] Generators()
    {
        var packs = Path.Combine(DotnetRoot(), "packs", "Microsoft.NETCore.App.Ref");
        var folder = Directory.Exists(packs)
            ? Directory.GetDirectories(packs).Order(StringComparer.Ordinal).Select(pack => Path.Combine(pack, "analyzers", "dotnet", "cs")).LastOrDefault(Directory.Exists)
            : null;
        return folder is null ? [] : Directory.GetFiles(folder, "Microsoft.Interop.*.dll");
    }

    private static bool IsManaged(string file)
    {
        try
        {
            AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MuxChat.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no MuxChat.sln above {AppContext.BaseDirectory}.");
    }
}
