using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Storage.Recovery;

namespace MuxChat.Storage;

/// <summary>Builds the index of a segment that was just sealed, in steps, so that no batch waits long.</summary>
internal sealed class IndexBuild : IDisposable
{
    /// <summary>Records read in one step: 4,096, about half a megabyte.</summary>
    public const int RecordsPerStep = 4096;

    private readonly IDiskFile _file;
    private readonly long _segment;
    private readonly long _length;
    private readonly RecordReader _reader;
    private readonly RoomTally _tally;

    private IndexBuild(IDiskFile file, SegmentWindow window, long segment, int tailEvents)
    {
        _file = file;
        _segment = segment;
        _length = window.Length;
        _reader = new(window, segment);
        _tally = new(tailEvents);
    }

    /// <summary>Opens the segment. The window serves this build alone until it is disposed.</summary>
    public static DiskResult Begin(IDisk disk, SegmentWindow window, long segment, int tailEvents, out IndexBuild? build)
    {
        build = null;
        var result = disk.Open(JournalNames.Segment(segment), DiskOpening.Read, out var file);
        if (!result.IsOk)
        {
            return result;
        }

        result = window.LookAt(file!);
        if (!result.IsOk)
        {
            file!.Dispose();
            return result;
        }

        build = new(file!, window, segment, tailEvents);
        return result;
    }

    /// <summary>Does one step. Returns the index once the segment is read to its end.</summary>
    public DiskResult Step(out SegmentIndex? index)
    {
        index = null;
        for (var i = 0; i < RecordsPerStep; i++)
        {
            switch (_reader.Next())
            {
                case ReadStep.Record when _reader.Kind != RecordKind.Event || _tally.Add(_reader.Offset, _reader.Body):
                    break;
                case ReadStep.End:
                    index = _tally.ToIndex(_segment, _length);
                    return DiskResult.Done;
                case ReadStep.Record:
                    return DiskResult.Failed($"there is no event at {_reader.Offset}");
                default:
                    return DiskResult.Failed($"at {_reader.Offset}: {_reader.Reason}");
            }
        }

        return DiskResult.Done;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
