using MuxChat.DeepTests.PlantedBugs;
using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.Fuzz;

/// <summary>
/// The fuzzer notices a decoder that holds more and more memory. It measures its whole process, so it runs in one of its own.
/// </summary>
[Trait("run", "deep")]
public sealed class MemoryBoundTests
{
    private static readonly PlantedBug Leak = new(
        "every call of the decoder leaves 256 bytes behind",
        "Framing/LineDecoder.cs",
        "    public Decoded Decode(Span<byte> pending)\n    {\n",
        "    private static readonly System.Collections.Concurrent.ConcurrentQueue<byte[]> Left = new();\n\n    public Decoded "
            + "Decode(Span<byte> pending)\n    {\n        Left.Enqueue(new byte[256]);\n",
        Check: "");

    [Fact]
    public void Decoder_that_holds_more_and_more_memory_is_found_out()
    {
        using var folder = new DataFolder();
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        File.WriteAllBytes(Path.Combine(folder.Path, Leak.Project + ".dll"), SourceCompiler.Of(Leak.Project).Emit(Leak));
        var program = Path.Combine(folder.Path, "MuxChat.Simulation.dll");
        var run = ProgramRun.Of(Programs.Command([Programs.Dotnet, program, "fuzz", "--decoder", "line", "--inputs", "20000"]),
            Guard.ProgramMs);
        Assert.True(run.ExitCode == 1, $"The fuzzer did not find this in Core: {Leak.Name}\n{run}");
        Assert.Contains("bytes more than after its first", run.OutputText, StringComparison.Ordinal);
    }
}
