using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage;

/// <summary>How each room stands by what is in the journal: for each the last standing, without rooms that were forgotten.</summary>
internal sealed class StandingTable
{
    private readonly Dictionary<byte[], (RoomStanding Standing, long Segment)> _byRoom = new(AsciiCaseInsensitive.Instance);

    // Rooms of which it is not on the disk that they were forgotten.
    private readonly List<RoomStanding> _forgotten = [];

    /// <summary>The segment that what is taken stands in.</summary>
    public long Segment { get; set; }

    /// <summary>How many rooms there are.</summary>
    public int Count => _byRoom.Count;

    /// <summary>The standings.</summary>
    public IEnumerable<RoomStanding> All => _byRoom.Values.Select(static one => one.Standing);

    /// <summary>Whether one segment holds all of them: then older ones can go.</summary>
    public bool AreAllIn(long segment) => _byRoom.Values.All(one => one.Segment == segment);

    /// <summary>Takes the payload of a record, after its kind, in the order they were written. False when it is no standing.</summary>
    /// <param name="body">The payload.</param>
    /// <param name="isStored">Whether it is on the disk.</param>
    public bool TryTake(ReadOnlySpan<byte> body, bool isStored = true)
    {
        if (!StandingRecord.TryRead(body, out var standing))
        {
            return false;
        }

        if (!standing.IsForgotten)
        {
            _byRoom[standing.Room] = (standing, Segment);
        }
        else if (_byRoom.Remove(standing.Room) && !isStored)
        {
            _forgotten.Add(standing);
        }

        return true;
    }

    /// <summary>
    /// Writes all of them to a segment, and that rooms were forgotten, durably: then older segments can go. When the disk is full, the
    /// segment is as long as before.
    /// </summary>
    /// <param name="segment">The segment.</param>
    /// <param name="batchBytes">How large a batch grows.</param>
    /// <param name="lastBatch">The number of the last batch, which is raised.</param>
    public DiskResult WriteTo(SegmentWriter segment, int batchBytes, ref long lastBatch)
    {
        var (result, before) = (DiskResult.Done, segment.Length);
        JournalBatch? batch = null;
        foreach (var standing in _forgotten.Concat(_byRoom.Values.Select(static one => one.Standing)))
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
        _forgotten.Clear();
        foreach (var (room, one) in _byRoom)
        {
            _byRoom[room] = one with { Segment = segment };
        }
    }
}
