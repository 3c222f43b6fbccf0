using MuxChat.Simulation.Fuzz;
using MuxChat.Simulation.Fuzz.Targets;

namespace MuxChat.UnitTests.Fuzz;

/// <summary>The fuzzer notices: each kind of wrong decoder is found, with an input that is small and fails again by itself.</summary>
public sealed class NoticingTests
{
    private const int Inputs = 50_000;
    private const int MaxBytes = 600;

    public static TheoryData<string, string> Wrongs { get; } = new()
    {
        { "throws", "IndexOutOfRangeException" },
        { "throws at the end of the bytes", "ArgumentOutOfRangeException" },
        { "consumes too much", "bytes consumed of" },
        { "consumes nothing", "consumed nothing" },
        { "frame outside", "a frame of" },
        { "ignores the limit", "the model" },
        { "keeps the CR", "the model" },
        { "forgets its place", "in pieces" },
        { "hurries when bytes are missing", "the model" },
        { "never overruns", "the model" },
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void Wrong_decoder_is_found_out(string wrong, string told)
    {
        var failure = Run(() => Target(wrong), new FuzzSettings(Inputs));
        Assert.NotNull(failure);
        Assert.Contains(told, failure.Wrong, StringComparison.Ordinal);
        Assert.InRange(failure.Input.Length, 1, MaxBytes);
        Assert.True(failure.Input.Length <= failure.OriginalBytes);
        Assert.Contains(Convert.ToHexString(failure.Input), failure.ToString(), StringComparison.Ordinal);

        // Alone, by its number, as the message says.
        var again = Run(() => Target(wrong), new FuzzSettings(1, failure.Seed, failure.Index));
        Assert.Equal(failure.Input, again?.Input);
    }

    [Fact]
    public void Right_decoder_passes_the_same_inputs() => Assert.Null(Run(() => Target("nothing"), new FuzzSettings(Inputs)));

    [Fact]
    public void Failing_input_is_made_as_small_as_it_can_be()
    {
        byte[] input = [.. Enumerable.Repeat((byte)1, 500), 7, .. Enumerable.Repeat((byte)2, 300), 9, 3];
        var shrunk = Shrinker.Shrink(input, candidate => candidate.Contains((byte)7) && candidate.Contains((byte)9));
        Assert.Equal([7, 9], shrunk);
    }

    [Fact]
    public void Several_threads_give_the_same_inputs_as_one()
    {
        var one = new FuzzRun("line", static () => Target("nothing"), new FuzzSettings(5_000, Seed: 3));
        var four = new FuzzRun("line", static () => Target("nothing"), new FuzzSettings(5_000, Seed: 3, Threads: 4));
        var other = new FuzzRun("line", static () => Target("nothing"), new FuzzSettings(5_000, Seed: 4));
        Assert.Null(one.Run() ?? four.Run() ?? other.Run());
        Assert.Equal(one.Done, four.Done);
        Assert.NotEqual(one.Done.Bytes, other.Done.Bytes);
    }

    private static FuzzFailure? Run(Func<IFuzzTarget> create, FuzzSettings settings) => new FuzzRun("line", create, settings).Run();

    private static DecoderTarget Target(string wrong) =>
        new("line", AllTargets.Lines, (limit, answers) => new WrongDecoder(limit, wrong, answers), ReferenceLines.Write);
}
