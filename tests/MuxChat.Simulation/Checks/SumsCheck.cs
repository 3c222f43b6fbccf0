using MuxChat.Core.Buffers;

namespace MuxChat.Simulation.Checks;

/// <summary>
/// Counts again what is counted: the bytes of each outbox, and the references of each segment. Between two ticks no batch is open, so that
/// only outboxes and at most one writer hold a segment.
/// </summary>
internal sealed class SumsCheck : ICheck
{
    /// <summary>Segments that writers hold: for rooms, for single clients, and for those who are turned away.</summary>
    private const int Writers = 3;

    private readonly List<Slice> _slices = [];
    private readonly List<(Segment Segment, int Count)> _segments = [];

    public void AfterTick(SimWorld world)
    {
        _segments.Clear();
        foreach (var channel in world.Network.Registered)
        {
            if (world.ConnectionOf(channel) is not { } connection)
            {
                continue;
            }

            _slices.Clear();
            connection.Client.Recipient.Outbox.CopyTo(_slices);
            CountSlices(connection.Client.Recipient.Outbox, channel.Far.ClientNumber);
        }

        foreach (var (segment, count) in _segments)
        {
            Check.Fail(
                segment.References - count is not (0 or 1),
                CheckNames.Sums,
                $"a segment says that it is held {segment.References} times: {count} slices and at most one writer hold it");
        }

        var max = _segments.Count + Writers;
        Check.Fail(world.Pool.Lent > max, CheckNames.Sums, $"{world.Pool.Lent} segments are lent, {max} can be in use");
    }

    private void CountSlices(Outbox outbox, int client)
    {
        var bytes = 0L;
        foreach (var slice in _slices)
        {
            bytes += slice.Length;
            Check.Fail(slice.Length <= 0, CheckNames.Sums, $"client {client} has an empty slice");
            Count(slice.Segment);
        }

        Check.Fail(
            bytes != outbox.QueuedBytes || _slices.Count != outbox.SliceCount,
            CheckNames.Sums,
            $"client {client} has {_slices.Count} slices with {bytes} bytes, "
                    + $"and {outbox.SliceCount} with {outbox.QueuedBytes} were counted");
    }

    private void Count(Segment segment)
    {
        for (var i = 0; i < _segments.Count; i++)
        {
            if (ReferenceEquals(_segments[i].Segment, segment))
            {
                _segments[i] = (segment, _segments[i].Count + 1);
                return;
            }
        }

        _segments.Add((segment, 1));
    }
}
