using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage;

/// <summary>
/// How each room stands by what is in the journal: for each the last standing. A room that was forgotten is in it only as long as the disk
/// has a standing of it and not that it was forgotten.
/// </summary>
internal sealed class StandingTable
{
    // The segment that has the last standing of a room that was stored; null where none was.
    private readonly Dictionary<byte[], (RoomStanding Standing, long? Segment)> _byRoom = new(AsciiCaseInsensitive.Instance);

    /// <summary>How many there are.</summary>
    public int Count => _byRoom.Count;

    /// <summary>The standings.</summary>
    public IEnumerable<RoomStanding> All => _byRoom.Values.Select(static one => one.Standing);

    /// <summary>Whether one segment holds all of them: then older ones can go.</summary>
    public bool AreAllIn(long segment) => _byRoom.Values.All(one => one.Segment == segment);

    /// <summary>Takes a standing, in the order they were made.</summary>
    /// <param name="standing">The standing.</param>
    /// <param name="segment">The segment that has it; null where it could not be stored.</param>
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
    /// Writes all of them to a segment, durably: then older segments can go. When the disk is full, the
    /// segment is as long as before.
    /// </summary>
    /// <param name="segment">The segment.</param>
    /// <param name="batchBytes">How large a batch grows.</param>
    /// <param name="lastBatch">The number of the last batch, which is raised.</param>
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
            // What fitted would only take room from what comes.
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
