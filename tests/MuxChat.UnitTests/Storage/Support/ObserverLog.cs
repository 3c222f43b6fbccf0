using MuxChat.Core.Chat.History;
using MuxChat.Storage;

namespace MuxChat.UnitTests.Storage.Support;

/// <summary>Writes down what an operator would hear.</summary>
internal sealed class ObserverLog : IJournalObserver
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The last batch that came back.</summary>
    public (JournalStatus Status, long Bytes, long? SyncUs)? LastBatch { get; private set; }

    public void TailCut(string path, long offset, long bytes, string reason) => Add($"cut {path} at {offset}: {bytes} bytes: {reason}");

    public void IndexRebuilt(string path, string reason) => Add($"index {path}: {reason}");

    public void Failed(string path, string message) => Add($"failed {path}: {message}");

    public void Full(string path, string message) => Add($"full {path}: {message}");

    public void Resumed(string path) => Add($"resumed {path}");

    public void SegmentDeleted(string path, long bytes) => Add($"deleted {path}: {bytes}");

    public void HousekeepingFailed(string path, string message) => Add($"housekeeping {path}: {message}");

    public void FellBehind(long waitingBytes) => Add("behind");

    public void BacklogFull(long waitingBytes) => Add("backlog full");

    public void CaughtUp() => Add("caught up");

    public void BatchEnded(JournalStatus status, long bytes, long? syncUs) => LastBatch = (status, bytes, syncUs);

    private void Add(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }
    }
}
