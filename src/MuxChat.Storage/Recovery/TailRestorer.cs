using MuxChat.Core.Chat.History;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage.Recovery;

/// <summary>Reads the events of a segment that belong to rooms' tails, and passes them to the sink.</summary>
internal sealed class TailRestorer(IDisk disk, IEventSink sink)
{
    private readonly SegmentWindow _window = new();

    /// <summary>The events passed to the sink so far.</summary>
    public long Restored { get; private set; }

    /// <summary>Offset in the next segment at which the sink must learn of an unclean shutdown; null for none.</summary>
    public long? InterruptedAt { get; set; }

    /// <summary>Reports the unclean shutdown to the sink, once.</summary>
    public void ReportUncleanShutdown()
    {
        if (InterruptedAt is not null)
        {
            InterruptedAt = null;
            sink.OnUncleanShutdown();
        }
    }

    /// <summary>Passes the planned events of one segment to the sink.</summary>
    /// <param name="segment">The segment's number.</param>
    /// <param name="end">The end of its valid records.</param>
    /// <param name="plans">The events to take, by room.</param>
    /// <param name="badAt">Offset of an invalid record, if that is the failure; else -1.</param>
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
                    // A read error says nothing about the bytes on the disk.
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
