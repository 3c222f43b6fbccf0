using System.Reflection;
using System.Runtime.Loader;
using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>
/// The simulation over production code with one mistake in it. Core, or Storage, is compiled in this process with one file changed, and
/// loaded beside the right one; nothing is written to disk and no process is started.
/// </summary>
internal sealed class SpoiltProgram : IDisposable
{
    private readonly Context _context;
    private readonly MethodInfo _run;

    private SpoiltProgram(Context context)
    {
        _context = context;
        _run = context.LoadFromAssemblyName(new AssemblyName("MuxChat.Simulation"))
            .GetType("MuxChat.Simulation.CommandLine", throwOnError: true)!
            .GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;
    }

    /// <summary>Compiles the mistake.</summary>
    public static SpoiltProgram Build(PlantedBug bug) => new(new Context(bug.Project, SourceCompiler.Of(bug.Project).Emit(bug)));

    /// <summary>Runs the simulation's command line.</summary>
    public ProgramRun Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = (int)_run.Invoke(null, [arguments, output, errors])!;
        return new ProgramRun(exitCode, Lines(output), Lines(errors));
    }

    public void Dispose() => _context.Unload();

    private static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Loads the project's own assemblies anew, one of them spoilt; all others are shared.</summary>
    private sealed class Context(string project, byte[] spoilt) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == project)
            {
                return LoadFromStream(new MemoryStream(spoilt));
            }

            return assemblyName.Name!.StartsWith("MuxChat.", StringComparison.Ordinal)
                ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll"))
                : null;
        }
    }
}
