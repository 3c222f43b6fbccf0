using System.Globalization;
using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Descriptors;

/// <summary>Few descriptors: the server takes fewer clients, tells the others that it is full, and keeps enough for itself.</summary>
[Trait("run", "deep")]
public sealed partial class DescriptorReserveTests
{
    private const int Limit = 170;

    // Some of what is kept back is taken by what opens after the start.
    private const int MinSpare = 16;

    /// <summary>
    /// A signal is answered on a new thread, which takes descriptors: with none left the runtime ends the process instead of draining.
    /// </summary>
    [Theory]
    [EveryIo]
    public void Full_server_keeps_descriptors_for_itself(string io)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are counted in /proc");
        using var server = ServerProcess.StartWithDescriptors(Limit, "--io", io);
        using var scene = new Scene(server);
        var max = MaxClients(server);
        for (var i = 0; i < max; i++)
        {
            scene.Nobody().Expect("* Welcome to MuxChat! ...");
        }

        for (var i = 0; i < Limit; i++)
        {
            scene.Nobody().Expect("! the server is full (...");
        }

        Assert.InRange(server.OpenDescriptors, max, Limit - MinSpare);
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void Clients_are_fewer_when_descriptors_are()
    {
        using var server = ServerProcess.StartWithDescriptors(Limit, "--max-clients", "1000");
        var max = MaxClients(server);
        Assert.InRange(max, 1, Limit - 32 - 1);
        Assert.EndsWith($", {Limit} descriptors", server.Output.Lines[^1], StringComparison.Ordinal);
        Assert.NotNull(server.Errors.WaitFor(
            line => line.Contains(
                $"--max-clients is lowered from 1000 to {max}, because the limit is {Limit} descriptors", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_descriptor_for_any_client_is_an_operators_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are counted in /proc");
        int open;
        using (var server = ServerProcess.Start())
        {
            open = server.OpenDescriptors;
        }

        using var program = new ProgramProcess(Muxchat.StartInfoWithDescriptors(open + 10, ["serve", "--listen", "auto://127.0.0.1:0"]));
        Assert.Equal(1, program.WaitForExit());
        Assert.Empty(program.Output.Lines);
        Assert.Contains("too few descriptors", Assert.Single(program.Errors.Lines), StringComparison.Ordinal);
    }

    /// <summary>Too few to load the code that would count them: said before it is loaded.</summary>
    [Theory]
    [InlineData(48)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(80)]
    [InlineData(112)]
    [InlineData(128)]
    public void Too_few_descriptors_to_start_is_one_line_and_exit_code_1(int descriptors)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are counted in /proc");
        using var program = new ProgramProcess(Muxchat.StartInfoWithDescriptors(descriptors, ["serve", "--listen", "auto://127.0.0.1:0"]));
        Assert.Equal(1, program.WaitForExit());
        Assert.Empty(program.Output.Lines);
        Assert.StartsWith("muxchat: too few descriptors: ", Assert.Single(program.Errors.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    public void Command_that_does_not_serve_needs_fewer_descriptors(string argument)
    {
        using var program = new ProgramProcess(Muxchat.StartInfoWithDescriptors(64, [argument]));
        Assert.Equal(0, program.WaitForExit());
        Assert.Empty(program.Errors.Lines);
    }

    private static int MaxClients(ServerProcess server) =>
        int.Parse(AtMost().Match(server.Output.Lines[^1]).Groups["clients"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"at most (?<clients>\d+) clients")]
    private static partial Regex AtMost();
}
