using System.Runtime.InteropServices;
using CsCheck;
using MuxChat.Core.Buffers;

namespace MuxChat.UnitTests.Core.Buffers;

/// <summary>An outbox against a plain list of bytes.</summary>
public sealed class OutboxModelTests
{
    // As much comes as goes in some of them; in others it gets long.
    private static readonly Gen<(Move Move, int Bytes, int Place)[]> Steps = Gen.Int[20, 120].SelectMany(static max => Gen.Select(
        Gen.Frequency((40, Move.Append), (30, Move.Consume), (2, Move.NewSegment), (2, Move.Compact), (1, Move.Clear), (1, Move.TakeAll)),
        Gen.Int[0, max],
        Gen.Int[0, Segment.SizeBytes - 4000]).Array[0, 400]);

    private readonly SegmentPool _pool = new();
    private readonly byte[] _scratch = new byte[200];
    private List<byte> _model = [];
    private Segment? _current;
    private int _written;

    private enum Move
    {
        Append,
        Consume,
        NewSegment,
        Compact,
        Clear,
        TakeAll,
    }

    [Fact]
    public void Outbox_anySteps_holdsWhatAByteListHolds() => Property.Holds(Steps, AssertHoldsWhatAByteListHolds, samples: 150);

    private void AssertHoldsWhatAByteListHolds((Move Move, int Bytes, int Place)[] steps)
    {
        var outbox = new Outbox();
        _model = [];
        foreach (var (move, bytes, place) in steps)
        {
            Do(outbox, move, bytes, place);
            var shown = outbox.Peek(_scratch);
            Assert.Equal((_model.Count, _model.Count == 0), (outbox.QueuedBytes, shown.IsEmpty));
            Assert.True(CollectionsMarshal.AsSpan(_model).StartsWith(shown), "Other bytes are shown than were put in.");
        }

        Assert.Equal(_model.ToArray(), outbox.ReadBytes(scratchBytes: 77));
        _current?.Release();
        _current = null;
        Assert.Equal(0, _pool.Lent);
    }

    private void Do(Outbox outbox, Move move, int bytes, int place)
    {
        switch (move)
        {
            case Move.Append:
                Append(outbox, bytes / 2, gap: place % 2);
                break;
            case Move.Consume:
                var sent = Math.Min(bytes, _model.Count);
                outbox.Consume(sent);
                _model.RemoveRange(0, sent);
                break;
            case Move.NewSegment:
                _current?.Release();
                _current = _pool.Rent();
                _written = place;
                break;
            case Move.Compact:
                outbox.Compact(_pool);
                break;
            case Move.Clear:
                outbox.Clear();
                _model.Clear();
                break;
            default:
                TakeAll(outbox);
                break;
        }
    }

    private void Append(Outbox outbox, int length, int gap)
    {
        if (_current is null || _written + gap + length > _current.Bytes.Length)
        {
            Do(outbox, Move.NewSegment, 0, 0);
        }

        _written += gap;
        var bytes = _current!.Bytes.AsSpan(_written, length);
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(_model.Count + i + length);
        }

        outbox.Append(new Slice(_current, _written, length));
        _model.AddRange(bytes);
        _written += length;
    }

    private void TakeAll(Outbox outbox)
    {
        var taken = new List<Slice>();
        outbox.TakeAll(taken);
        Assert.Equal(_model.ToArray(), taken.SelectMany(static slice => slice.Span.ToArray()).ToArray());
        taken.ForEach(static slice => slice.Segment.Release());
        _model.Clear();
    }
}
