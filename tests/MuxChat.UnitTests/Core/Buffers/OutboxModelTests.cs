using MuxChat.Core.Buffers;

namespace MuxChat.UnitTests.Core.Buffers;

/// <summary>An outbox against a plain list of bytes.</summary>
public sealed class OutboxModelTests
{
    private readonly SegmentPool _pool = new();
    private readonly Outbox _outbox = new();
    private readonly List<byte> _model = [];
    private readonly byte[] _scratch = new byte[200];
    private Segment? _current;
    private int _written;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Outbox_randomSteps_holdsWhatAByteListHolds(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 6000; step++)
        {
            Step(random, step);
            var shown = _outbox.Peek(_scratch);
            var isSame = _outbox.QueuedBytes == _model.Count && (_model.Count == 0) == shown.IsEmpty
                && shown.SequenceEqual(_model.GetRange(0, Math.Min(shown.Length, _model.Count)).ToArray());
            Assert.True(isSame, $"seed {seed}, step {step}");
        }

        Assert.Equal(_model, _outbox.TakeBytes(scratchBytes: 77));
        _current?.Release();
        Assert.True(_pool.Lent == 0, $"seed {seed}: {_pool.Lent} segments were not given back");
    }

    private void Step(Random random, int step)
    {
        // It fills and drains in turns, so that it is long at times and empty at others.
        var filling = step / 700 % 2 == 0;
        switch (random.Next(filling ? 12 : 7))
        {
            case 0 or 1 or 2 or 3:
                var sent = random.Next(0, Math.Min(_model.Count, filling ? 20 : 300) + 1);
                _outbox.Consume(sent);
                _model.RemoveRange(0, sent);
                break;
            case 4 when random.Next(10) == 0:
                _outbox.Compact(_pool);
                break;
            case 5 when random.Next(60) == 0:
                _outbox.Clear();
                _model.Clear();
                break;
            case 6 when random.Next(60) == 0:
                TakeAll();
                break;
            default:
                Append(random);
                break;
        }
    }

    private void Append(Random random)
    {
        var length = random.Next(0, 60);
        if (_current is null || _written + length + 1 > _current.Bytes.Length || random.Next(50) == 0)
        {
            _current?.Release();
            _current = _pool.Rent();
            _written = random.Next(0, Segment.SizeBytes - 4000);
        }

        _written += random.Next(0, 2);
        var bytes = _current.Bytes.AsSpan(_written, length);
        random.NextBytes(bytes);
        _outbox.Append(new Slice(_current, _written, length));
        _model.AddRange(bytes);
        _written += length;
    }

    private void TakeAll()
    {
        var taken = new List<Slice>();
        _outbox.TakeAll(taken);
        Assert.Equal(_model, taken.SelectMany(static slice => slice.Span.ToArray()));
        taken.ForEach(static slice => slice.Segment.Release());
        _model.Clear();
    }
}
