using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>
/// Compiles a project's sources in this process. They are parsed once; for each mistake one tree is exchanged. The build's own choices that
/// matter are repeated here: implicit usings, nullable, unsafe code, optimized, and who sees internals.
/// </summary>
internal sealed class SourceCompiler
{
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

    private static readonly ConcurrentDictionary<string, Lazy<SourceCompiler>> Compilers = new();
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private readonly CSharpCompilation _right;
    private readonly Dictionary<string, SyntaxTree> _trees;

    private SourceCompiler(string project)
    {
        var folder = Path.Combine(Repository.Root, "src", project);
        _trees = Repository.CSharpFiles("src/" + project).ToDictionary(
            static path => path.Split('/', 3)[2],
            static path => Parse(Repository.Read(path), path));
        var version = AssemblyName.GetAssemblyName(Path.Combine(AppContext.BaseDirectory, project + ".dll")).Version;
        var preamble = Parse($"{Preamble}\n[assembly: System.Reflection.AssemblyVersion(\"{version}\")]\n", "Preamble.cs");
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable);
        var written = CSharpCompilation.Create(project, [preamble, .. _trees.Values], References(project), options);
        _right = WithGenerated(written);
        Assert.True(_trees.Count > 0, $"There are no sources in {folder}.");
    }

    /// <summary>The compiler of a project below <c>src</c>.</summary>
    public static SourceCompiler Of(string project) =>
        Compilers.GetOrAdd(project, static name => new(() => new SourceCompiler(name))).Value;

    /// <summary>How often a file has a text.</summary>
    public int Occurrences(string file, string text) => _trees[file].ToString().Split(text).Length - 1;

    /// <summary>The project's assembly with the mistake in it.</summary>
    public byte[] Emit(PlantedBug bug)
    {
        var spoilt = _right;
        foreach (var (file, find, replacement) in bug.Changes)
        {
            var right = _trees[file];
            var changed = right.ToString().Replace(find, replacement, StringComparison.Ordinal);
            spoilt = spoilt.ReplaceSyntaxTree(right, Parse(changed, right.FilePath));
        }

        using var assembly = new MemoryStream();
        var result = spoilt.Emit(assembly);
        Assert.True(result.Success,
            $"\"{bug.Name}\" does not compile: "
                + $"{string.Join('\n', result.Diagnostics.Where(static one => one.Severity == DiagnosticSeverity.Error))}");
        return assembly.ToArray();
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(SourceText.From(text), ParseOptions, path);

    // What these tests run on, and of the project's own assemblies those below the one that is compiled.
    private static IEnumerable<MetadataReference> References(string project)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var own = project == "MuxChat.Core" ? [] : new[] { Path.Combine(AppContext.BaseDirectory, "MuxChat.Core.dll") };
        return platform.Where(path => Path.GetDirectoryName(path) == runtime).Concat(own)
            .Select(static path => MetadataReference.CreateFromFile(path));
    }

    // Calls of the system are written by generators that come with the SDK's reference assemblies. What they write does not
    // depend on a mistake elsewhere.
    private static CSharpCompilation WithGenerated(CSharpCompilation written)
    {
        var packs = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "packs",
            "Microsoft.NETCore.App.Ref");
        var folder = Directory.GetDirectories(packs, "10.*").Order(StringComparer.Ordinal)
            .Select(static pack => Path.Combine(pack, "analyzers", "dotnet", "cs")).Last(Directory.Exists);
        var generator = (IIncrementalGenerator)Activator.CreateInstance(
            Assembly.LoadFrom(Path.Combine(folder, "Microsoft.Interop.LibraryImportGenerator.dll"))
                .GetType("Microsoft.Interop.LibraryImportGenerator", throwOnError: true)!)!;
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(written, out var whole, out var diagnostics);
        Assert.Empty(diagnostics.Where(static one => one.Severity == DiagnosticSeverity.Error));
        return (CSharpCompilation)whole;
    }
}
