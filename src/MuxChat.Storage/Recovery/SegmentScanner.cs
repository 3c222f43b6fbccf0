using MuxChat.Core.Chat.History;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage.Recovery;

/// <summary>Reads a whole segment, checks every record's checksum, and finds the first problem.</summary>
internal sealed class SegmentScanner(IDisk disk)
{
    private const string NoEvent = "the record is whole, but is not an event";

    private readonly SegmentWindow _window = new();

    /// <summary>Reads a segment.</summary>
    /// <param name="number">The segment's number.</param>
    /// <param name="tally">Counts the segment's events by room; may be null.</param>
    /// <param name="standings">Receives the segment's standings; may be null.</param>
    public SegmentReport Scan(long number, RoomTally? tally, StandingTable? standings = null)
    {
        var result = disk.Open(JournalNames.Segment(number), DiskOpening.Read, out var file);
        if (!result.IsOk)
        {
            return new() { Number = number, IsMissing = result.Status == DiskStatus.Missing, Unreadable = result.Message };
        }

        using (file)
        {
            result = _window.LookAt(file!);
            var start = _window.At(0, SegmentHeader.Bytes);
            var problem = SegmentHeader.Read(start, number, out var header);

            // A header is durable before any byte follows it, so a torn header has no bytes after it.
            var isMadeWhole = SegmentHeader.IsWhole(start) || _window.Length > SegmentHeader.Bytes;
            var report = new SegmentReport { Number = number, Bytes = _window.Length };
            report = problem is null
                ? Walk(report with { Header = header }, tally, standings)
                : report with { BadAt = 0, Reason = problem, IsProvenDamage = isMadeWhole };
            if (report is { BadAt: > 0 and var bad })
            {
                report = report with { IsProvenDamage = IsClaimedDurable(number, bad) };
            }

            return _window.Trouble.IsOk ? report : report with { Unreadable = _window.Trouble.Message };
        }
    }

    private SegmentReport Walk(SegmentReport report, RoomTally? tally, StandingTable? standings)
    {
        var reader = new RecordReader(_window, report.Number);
        var events = 0L;
        var batchAt = 0L;
        long? cleanEndAt = null;
        long? uncleanStartAt = null;
        while (true)
        {
            var step = reader.Next();
            if (step != ReadStep.Record)
            {
                report = report with
                {
                    Events = events,
                    LastBatch = reader.Batch,
                    SyncedUpTo = reader.SyncedUpTo,
                    CleanEndAt = step == ReadStep.End ? cleanEndAt : null,
                    UncleanStartAt = uncleanStartAt,
                };
                return step == ReadStep.Bad ? report with { BadAt = reader.Offset, Reason = reader.Reason } : report;
            }

            if (reader.Kind == RecordKind.Batch)
            {
                batchAt = reader.Offset;
                continue;
            }

            uncleanStartAt = reader.Kind == RecordKind.Start && cleanEndAt is null ? reader.Offset : uncleanStartAt;
            cleanEndAt = reader.Kind == RecordKind.CleanEnd ? batchAt : null;
            if (reader.Kind == RecordKind.Standing)
            {
                if (!StandingRecord.TryRead(reader.Body, out var standing))
                {
                    return report with
                    {
                        Events = events,
                        LastBatch = reader.Batch,
                        BadAt = reader.Offset,
                        Reason = "the record is whole, but is not a room's state"
                    };
                }

                standings?.Add(standing, report.Number);
            }

            if (reader.Kind == RecordKind.Event)
            {
                events++;
                if (tally is not null && !tally.Add(reader.Offset, reader.Body))
                {
                    return report with { Events = events - 1, LastBatch = reader.Batch, BadAt = reader.Offset, Reason = NoEvent };
                }
            }
        }
    }

    // After a power cut, the disk may have parts of an unfinished write in any order, so valid records after a
    // bad one prove nothing. A batch header that names the bad place as durable is proof. Records after damage
    // may not be contiguous, so search for headers at every byte.
    private bool IsClaimedDurable(long number, long bad)
    {
        var frame = new RecordFrame(number);
        for (var at = bad; at + BatchHeader.Bytes <= _window.Length;)
        {
            var seen = _window.At(at, SegmentWindow.Bytes);
            if (seen.Length < BatchHeader.Bytes)
            {
                return false;
            }

            var mark = seen[RecordFrame.HeaderBytes..].IndexOf(BatchHeader.Mark);
            if (mark < 0)
            {
                at += seen.Length - BatchHeader.Bytes + 1;
                continue;
            }

            var record = seen[mark..];
            if (record.Length < BatchHeader.Bytes)
            {
                at += mark;
                continue;
            }

            record = record[..BatchHeader.Bytes];
            if (frame.IsWhole(record) && BatchHeader.TryRead(record[RecordFrame.HeaderBytes..], at + mark, out var header)
                && header.SyncedUpTo > bad)
            {
                return true;
            }

            at += mark + 1;
        }

        return false;
    }
}
