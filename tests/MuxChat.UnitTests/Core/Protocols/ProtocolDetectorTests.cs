using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;

namespace MuxChat.UnitTests.Core.Protocols;

public sealed class ProtocolDetectorTests
{
    private readonly LineProtocol _line = new();
    private readonly JsonProtocol _frame = new();

    [Theory]
    [InlineData("00", "frame")]
    [InlineData("00000005", "frame")]
    [InlineData("0A", "line")]
    [InlineData("68656C6C6F", "line")]
    [InlineData("FFFB01", "line")]
    [InlineData("01", "line")]
    [InlineData("", null)]
    public void Client_byItsFirstByte_speaksLinesOrFrames(string hex, string? expected)
    {
        var detector = new ProtocolDetector(_line, new JsonProtocol.Signature(_frame));
        Assert.Equal(expected, detector.Detect(Convert.FromHexString(hex))?.Name);
        Assert.Same(_line, detector.Fallback);
    }

    [Fact]
    public void Client_thatMayBeAnEarlierProtocol_isWaitedForUpToALimit()
    {
        var unsure = new ScriptedSignature(_line, static first => first.Length < 600 ? ProtocolMatch.Unsure : ProtocolMatch.Yes);
        var detector = new ProtocolDetector(_line, unsure, new JsonProtocol.Signature(_frame));
        Assert.Null(detector.Detect(new byte[1]));
        Assert.Null(detector.Detect(new byte[ProtocolDetector.MaxLookBytes - 1]));
        Assert.Same(_frame, detector.Detect(new byte[ProtocolDetector.MaxLookBytes]));
    }

    [Fact]
    public void Client_thatFitsTwoSignatures_speaksTheFirst()
    {
        var other = new JsonProtocol();
        var always = new ScriptedSignature(other, static _ => ProtocolMatch.Yes);
        Assert.Same(other, new ProtocolDetector(_line, always, new JsonProtocol.Signature(_frame)).Detect(new byte[1]));
        Assert.Same(_frame, new ProtocolDetector(_line, new JsonProtocol.Signature(_frame), always).Detect(new byte[1]));
        Assert.Same(other, new ProtocolDetector(_line, new JsonProtocol.Signature(_frame), always).Detect([1]));
    }

    private delegate ProtocolMatch Looking(ReadOnlySpan<byte> first);

    private sealed class ScriptedSignature(IProtocol protocol, Looking looking) : IProtocolSignature
    {
        public IProtocol Protocol => protocol;

        public ProtocolMatch Match(ReadOnlySpan<byte> first) => looking(first);
    }
}
