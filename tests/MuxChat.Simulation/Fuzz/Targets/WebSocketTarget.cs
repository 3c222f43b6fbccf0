using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>
/// Both directions of a WebSocket. The decoder says what an independent model says, however the bytes come in pieces, and holds no more
/// than it may. What the framing writes is one frame of that content, and it changes nothing around it.
/// </summary>
internal sealed class WebSocketTarget : IFuzzTarget, IDecoderAnswers
{
    private const byte Filler = 0xA5;

    // A part of a message may have a gap after it that is as long, and then comes a frame that is not whole.
    private const int MaxHeldPerByte = 3;
    private const int MaxHeldBesides = 256;

    // So that two messages fit a segment.
    private const int MaxWrittenBytes = 16_000;

    private static readonly int[] Limits = [1, 2, 16, 64, 125, 126, 256, 1_024];

    private readonly TargetTranscript _whole = new();
    private readonly TargetTranscript _pieces = new();
    private readonly TargetTranscript _expected = new();
    private readonly SegmentWriter _writer = new(new SegmentPool());
    private readonly ArrivingBytes _arriving = new();

    public string Name => "websocket";

    public void SendAsIs(ReadOnlySpan<byte> bytes) => throw new InvalidOperationException("The decoder answers nothing.");

    public void Generate(FuzzRandom random, InputBuffer input) => WebSocketGrammar.PutFrames(random, input);

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        var limit = random.Pick(Limits);
        _expected.Clear();
        ReferenceWebSocket.Write(input, limit, _expected);
        for (var way = 0; way < StreamCutter.Ways; way++)
        {
            var said = way == 0 ? _whole : _pieces;
            said.Clear();
            if (Decode(input, way, random, limit, said) is { } wrong)
            {
                return $"limit {limit}, way {way}: {wrong}";
            }

            if (!said.IsSameAs(_expected))
            {
                return $"limit {limit}, way {way}: it says {said}, the model {_expected}";
            }
        }

        return CheckFraming(input[..Math.Min(input.Length, MaxWrittenBytes)], random);
    }

    private string? Decode(ReadOnlySpan<byte> input, int way, FuzzRandom random, int limit, TargetTranscript said)
    {
        var limits = new FrameLimits { FrameBytes = limit };
        var decoder = new WebSocketFraming(limits, WebSocketFrameKind.Text, static limits => limits.FrameBytes).CreateDecoder(this);
        return _arriving.Feed(
            input, way, random,
            (Span<byte> arrived, ref int start, out bool isOver) => Drain(decoder, arrived, ref start, limit, said, out isOver),
            out _, out _);
    }

    private static string? Drain(IFrameDecoder decoder, Span<byte> received, ref int start, int limit, TargetTranscript said,
        out bool isOver)
    {
        isOver = false;
        while (true)
        {
            var pending = received[start..];
            var decoded = decoder.Decode(pending);
            if (decoded.Consumed < 0 || decoded.Consumed > pending.Length)
            {
                return $"{decoded.Consumed} bytes consumed of {pending.Length}";
            }

            start += decoded.Consumed;
            if (decoded.Status == DecodeStatus.NeedMore && decoded.Consumed == 0)
            {
                return pending.Length > (MaxHeldPerByte * limit) + MaxHeldBesides ? $"{pending.Length} bytes are held back" : null;
            }

            if (decoded.Status == DecodeStatus.NeedMore)
            {
                continue;
            }

            if (decoded.Status != DecodeStatus.Frame || decoded.Start < 0 || decoded.Length < 1
                || decoded.Start + decoded.Length > pending.Length)
            {
                return $"{decoded.Status}, {decoded.Length} bytes from {decoded.Start} on, of {pending.Length}";
            }

            var frame = pending.Slice(decoded.Start, decoded.Length);
            if (frame[0] == (byte)WebSocketFrameKind.Mistake)
            {
                said.Add(frame[0], [ReferenceWebSocket.CodeOf((WebSocketMistake)frame[1])]);
                isOver = true;
                return CheckBroken(decoder);
            }

            said.Add(frame[0], frame[1..]);
        }
    }

    // After a mistake nothing is a frame any more.
    private static string? CheckBroken(IFrameDecoder decoder)
    {
        Span<byte> ping = [0x89, 0x80, 0, 0, 0, 0];
        var decoded = decoder.Decode(ping);
        return decoded.Status == DecodeStatus.NeedMore && decoded.Consumed == ping.Length ? null
            : $"after a mistake it says {decoded.Status} and consumes {decoded.Consumed}";
    }

    // Begins anywhere in a segment. A message after it must not be spoilt either.
    private string? CheckFraming(ReadOnlySpan<byte> content, FuzzRandom random)
    {
        var kind = random.OneIn(2) ? WebSocketFrameKind.Text : WebSocketFrameKind.Binary;
        var framing = new WebSocketFraming(new FrameLimits(), kind, static limits => limits.FrameBytes);
        _writer.Begin();
        var fill = FillBefore(content.Length, random);
        _writer.GetSpan(fill)[..fill].Fill(Filler);
        _writer.Advance(fill);
        var filler = _writer.Commit();
        filler.Segment.Retain();
        _writer.Begin();
        PutInPieces(framing, content, random);
        PutInPieces(framing, "behind"u8, random);
        var written = _writer.Commit().Span;
        var isFillerWhole = !filler.Span.ContainsAnyExcept(Filler);
        filler.Segment.Release();
        byte[] expected = [.. FrameOf(kind, content), .. FrameOf(kind, "behind"u8)];
        return !isFillerWhole ? "it wrote into the event before it"
            : written.SequenceEqual(expected) ? null
            : $"it writes {Convert.ToHexString(written)}, the model {Convert.ToHexString(expected)}";
    }

    // Mostly anywhere, and now and then so that the message ends where the segment does.
    private static int FillBefore(int length, FuzzRandom random) => random.Next(3) switch
    {
        0 => random.Next(1, 1_000),
        1 => Segment.SizeBytes - random.Next(1, 4_000),
        _ => Segment.SizeBytes - length - random.Next(1, 8),
    };

    private void PutInPieces(WebSocketFraming framing, ReadOnlySpan<byte> content, FuzzRandom random)
    {
        framing.Begin(_writer);
        for (var at = 0; at < content.Length;)
        {
            var piece = 1 + random.Next(content.Length - at);
            _writer.Put(content.Slice(at, piece));
            at += piece;
        }

        framing.End(_writer);
    }

    // A server's frame: final, without a mask, with the shortest length.
    private static byte[] FrameOf(WebSocketFrameKind kind, ReadOnlySpan<byte> content)
    {
        var first = (byte)(kind == WebSocketFrameKind.Text ? 0x81 : 0x82);
        var length = content.Length;
        return length <= 125 ? [first, (byte)length, .. content] : [first, 126, (byte)(length / 256), (byte)(length % 256), .. content];
    }
}
