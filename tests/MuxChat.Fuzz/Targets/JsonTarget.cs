using MuxChat.Core.Protocols.Frame;
using MuxChat.Fuzz.Generating;

namespace MuxChat.Fuzz.Targets;

/// <summary>A frame's content as a request: what System.Text.Json makes of the document decides what is right.</summary>
internal sealed class JsonTarget : IFuzzTarget
{
    private readonly FrameProtocol _protocol = new(InputBuffer.MaxBytes);
    private byte[] _frame = new byte[1024];

    public string Name => "json";

    public void Generate(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(20))
        {
            Grammar.PutNoise(random, input);
        }
        else
        {
            Grammar.PutJson(random, input);
        }
    }

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        if (_frame.Length < input.Length)
        {
            _frame = new byte[input.Length * 2];
        }

        input.CopyTo(_frame);
        var result = _protocol.Parse(_frame.AsSpan(0, input.Length), out var command);
        return JsonModel.Read(input).Compare(result, command);
    }
}
