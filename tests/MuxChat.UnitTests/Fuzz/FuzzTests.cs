using MuxChat.Simulation.Fuzz;
using MuxChat.Simulation.Fuzz.Targets;

namespace MuxChat.UnitTests.Fuzz;

/// <summary>A short run of the fuzzer on every decoder, in every test run. The deep run tries more.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 5_000;

    // A whole conversation, several times for each input, takes longer.
    private const int Clients = 1_500;

    // Some hundred steps each. So many must have every command carried out.
    private const int Crowds = 500;

    public static TheoryData<string> Targets { get; } = [.. AllTargets.ByName.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Decoder_holds_against_strangers(string name)
    {
        var settings = new FuzzSettings(name switch { "conversation" => Clients, "crowd" => Crowds, _ => Inputs }, Seed: 1);
        var run = new FuzzRun(name, AllTargets.ByName[name], settings);
        var failure = run.Run();
        Assert.True(failure is null, $"{failure}");
        Assert.Equal(settings.Inputs, run.Done.Inputs);
        Assert.True(run.Done.Bytes > settings.Inputs, $"{run.Done.Bytes} bytes in all: the inputs are next to nothing");
    }
}
