using MuxChat.Core.Chat.History;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage.Recovery;

/// <summary>Reads those events of a segment again that are in some room's tail, and hands them on.</summary>
internal sealed class TailRestorer(IDisk disk, IEventSink sink)
{
    private readonly SegmentWindow _window = new();

    /// <summary>The events handed on so far.</summary>
    public long Restored { get; private set; }

    /// <summary>Where in the next segment the sink is to be told of an interruption; null for nowhere.</summary>
    public long? InterruptedAt { get; set; }

    /// <summary>Tells the sink of the interruption, unless it was told.</summary>
    public void ReportUncleanShutdown()
    {
        if (InterruptedAt is not null)
        {
            InterruptedAt = null;
            sink.OnUncleanShutdown();
        }
    }

    /// <summary>Hands on the events of one segment.</summary>
    /// <param name="segment">Its number.</param>
    /// <param name="end">Where its whole records end.</param>
    /// <param name="plans">What to take of each room.</param>
    /// <param name="badAt">Where a record stands that is no event, when that is what went wrong; else -1.</param>
    public DiskResult Restore(long segment, long end, Dictionary<byte[], RoomPlan> plans, out long badAt)
    {
        badAt = -1;
        if (plans.Count == 0)
        {
            return DiskResult.Done;
        }

        var result = disk.Open(JournalNames.Segment(segment), DiskOpening.Read, out var file);
        if (!result.IsOk)
        {
            return result;
        }

        using (file)
        {
            result = _window.LookAt(file!);
            var reader = new RecordReader(_window, segment);
            reader.GoTo(plans.Values.Min(plan => plan.From));
            while (result.IsOk && reader.NextOffset < end)
            {
                if (reader.Next() is not ReadStep.Record and var step)
                {
                    // A disk that cannot be read says nothing about what is on it.
                    badAt = step == ReadStep.Unreadable ? -1 : reader.Offset;
                    result = DiskResult.Failed(reader.Reason);
                }
                else if (reader.Kind == RecordKind.Event && !Hand(reader, plans))
                {
                    badAt = reader.Offset;
                    result = DiskResult.Failed("the record is whole, but is not an event");
                }
            }

            return result;
        }
    }

    private bool Hand(RecordReader reader, Dictionary<byte[], RoomPlan> plans)
    {
        if (!EventRecord.TryRead(reader.Body, out var past))
        {
            return false;
        }

        if (reader.Offset > InterruptedAt)
        {
            ReportUncleanShutdown();
        }

        if (plans.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(past.Room, out var plan) && plan.Takes(reader.Offset))
        {
            sink.Restore(past);
            Restored++;
        }

        return true;
    }
}
