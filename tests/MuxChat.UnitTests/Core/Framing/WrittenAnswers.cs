using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

/// <summary>Keeps what a decoder answers.</summary>
internal sealed class WrittenAnswers : IDecoderAnswers
{
    public List<byte> Bytes { get; } = [];

    public void SendAsIs(ReadOnlySpan<byte> bytes) => Bytes.AddRange(bytes);
}
