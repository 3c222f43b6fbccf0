using MuxChat.Core.Protocols.Line;
using MuxChat.Fuzz.Generating;

namespace MuxChat.Fuzz.Targets;

/// <summary>A line as a command: it means what the model says, and the parser changes at most the space before a room's name.</summary>
internal sealed class LineCommandTarget : IFuzzTarget
{
    private readonly LineProtocol _protocol = new();
    private byte[] _line = new byte[1024];

    public string Name => "linecommand";

    public void Generate(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(20))
        {
            Grammar.PutNoise(random, input);
        }
        else
        {
            Grammar.PutLine(random, input);
        }
    }

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        if (_line.Length < input.Length)
        {
            _line = new byte[input.Length * 2];
        }

        input.CopyTo(_line);
        var result = _protocol.Parse(_line.AsSpan(0, input.Length), out var command);
        return LineCommandModel.Read(input).Compare(result, command);
    }
}
