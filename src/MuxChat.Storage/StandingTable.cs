using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage;

/// <summary>
/// The last standing of each room in the journal. A forgotten room remains only while the disk has a
/// standing of it and no record that it was forgotten.
/// </summary>
internal sealed class StandingTable
{
    // Segment has the last stored standing of the room; null when none is stored.
    private readonly Dictionary<byte[], (RoomStanding Standing, long? Segment)> _byRoom = new(AsciiCaseInsensitive.Instance);

    /// <summary>The number of standings.</summary>
    public int Count => _byRoom.Count;

    /// <summary>All standings, in no particular order.</summary>
    public IEnumerable<RoomStanding> All => _byRoom.Values.Select(static one => one.Standing);

    /// <summary>Whether one segment has all standings, so that older segments can be deleted.</summary>
    public bool AreAllIn(long segment) => _byRoom.Values.All(one => one.Segment == segment);

    /// <summary>Adds a standing. Standings must come in the order they were made.</summary>
    /// <param name="standing">The standing.</param>
    /// <param name="segment">The segment that has it; null when it could not be stored.</param>
    public void Add(RoomStanding standing, long? segment)
    {
        var known = _byRoom.GetValueOrDefault(standing.Room).Segment;
        if (standing.IsForgotten && (segment is not null || known is null))
        {
            _byRoom.Remove(standing.Room);
        }
        else
        {
            _byRoom[standing.Room] = (standing, segment ?? known);
        }
    }

    /// <summary>
    /// Writes all standings to a segment durably, so that older segments can be deleted. If the disk
    /// is full, restores the segment's previous length.
    /// </summary>
    /// <param name="segment">The segment to append to.</param>
    /// <param name="batchBytes">The most bytes of a batch.</param>
    /// <param name="lastBatch">The number of the last batch, which this raises.</param>
    public DiskResult WriteTo(SegmentWriter segment, int batchBytes, ref long lastBatch)
    {
        var (result, before) = (DiskResult.Done, segment.Length);
        JournalBatch? batch = null;
        foreach (var standing in All)
        {
            if (batch is not null && !batch.Fits(JournalBatch.SizeOf(standing)))
            {
                result = segment.Append(batch, ++lastBatch);
                batch = null;
            }

            if (!result.IsOk)
            {
                break;
            }

            batch ??= new JournalBatch(Math.Max(batchBytes, BatchHeader.Bytes + Journal.MaxEventBytes));
            batch.Add(standing);
        }

        result = result.IsOk && batch is not null ? segment.Append(batch, ++lastBatch) : result;
        result = result.IsOk ? segment.Sync() : result;
        if (result.IsOk)
        {
            NoteStored(segment.Header.Segment);
        }
        else if (result.Status == DiskStatus.Full && segment.Length > before)
        {
            // Standings that are not complete would only use space that events need.
            var cut = segment.Cut(before);
            result = cut.IsOk ? result : cut;
        }

        return result;
    }

    private void NoteStored(long segment)
    {
        foreach (var standing in All.ToArray())
        {
            Add(standing, segment);
        }
    }
}
