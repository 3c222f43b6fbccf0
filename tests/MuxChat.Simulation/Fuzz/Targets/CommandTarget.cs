using MuxChat.Core.Protocols;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>What a protocol makes of a frame: it means what an independent model says.</summary>
internal sealed class CommandTarget(string name, ICommandProtocol protocol, Action<FuzzRandom, InputBuffer> generate,
    CommandTarget.Model model) : IFuzzTarget
{
    private byte[] _frame = new byte[1024];

    /// <summary>Says what a frame must be taken for.</summary>
    public delegate ParsedCommand Model(ReadOnlySpan<byte> frame);

    public string Name => name;

    public void Generate(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(20))
        {
            Grammar.PutNoise(random, input);
        }
        else
        {
            generate(random, input);
        }
    }

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        if (_frame.Length < input.Length)
        {
            _frame = new byte[input.Length * 2];
        }

        // A copy: the parser may change what it is given.
        input.CopyTo(_frame);
        var result = protocol.Parse(_frame.AsSpan(0, input.Length), out var command);
        return model(input).Compare(result, command);
    }
}
