using System.Diagnostics;
using System.Globalization;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Recovery;

namespace MuxChat.LoadTests.Journals;

/// <summary>
/// Measures a journal on this machine's disk: how fast a million events are written, and how long a start needs to read them.
/// </summary>
internal sealed class JournalMeasure : IEventSink, IJournalObserver
{
    private const int Events = 1_000_000;
    private const int Rooms = 100;
    private const int LongestText = 200;
    private const int EventsPerBatch = 1000;
    private const int Rounds = 5;

    private readonly string _directory;
    private readonly TextWriter _output;
    private readonly List<string> _troubles = [];
    private long _restored;

    private JournalMeasure(string directory, TextWriter output)
    {
        _directory = directory;
        _output = output;
    }

    /// <summary>
    /// Measures in a directory of its own under the one for temporary files, which is gone afterwards. 0, or 1 when something went wrong.
    /// </summary>
    public static int Run(Durability durability, TextWriter output)
    {
        var directory = Directory.CreateTempSubdirectory("muxchat-journal-").FullName;
        try
        {
            var measure = new JournalMeasure(directory, output);
            measure.Write(durability);
            for (var round = 1; round <= Rounds; round++)
            {
                measure.Open(withIndexes: round < Rounds);
            }

            measure._troubles.ForEach(output.WriteLine);
            return measure._troubles.Count == 0 ? 0 : LoadCommandLine.Failed;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    void IEventSink.Restore(in StoredEvent past) => _restored++;

    void IEventSink.Restore(RoomStanding standing) =>
        _troubles.Add("the written events have no room states, but one was restored");

    void IEventSink.OnUncleanShutdown() => _troubles.Add("the journal was closed, but is reported as not ended cleanly");

    void IJournalObserver.TailCut(string path, long offset, long bytes, string reason) =>
        _troubles.Add($"{path} was cut at {offset}: {reason}");

    void IJournalObserver.IndexRebuilt(string path, string reason) => _output.WriteLine($"rebuilt: {path}");

    void IJournalObserver.Failed(string path, string message) => _troubles.Add($"{path}: {message}");

    void IJournalObserver.Full(string path, string message) => _troubles.Add($"{path}: {message}");

    void IJournalObserver.Resumed(string path) => _output.WriteLine($"the disk has space again: {path}");

    void IJournalObserver.SegmentDeleted(string path, long bytes) => _troubles.Add($"{path} was deleted");

    void IJournalObserver.HousekeepingFailed(string path, string message) => _troubles.Add($"{path}: {message}");

    void IJournalObserver.FellBehind(long waitingBytes) => _output.WriteLine($"falling behind: {waitingBytes} bytes are waiting");

    void IJournalObserver.BacklogFull(long waitingBytes) => _troubles.Add($"not stored: {waitingBytes} bytes are waiting");

    void IJournalObserver.CaughtUp() => _output.WriteLine("caught up");

    private JournalSession Open(Durability durability)
    {
        _restored = 0;
        var result = RealDisk.Open(_directory, create: true, out var disk);
        if (!result.IsOk)
        {
            throw new LoadException($"{_directory}: {result.Message}");
        }

        var opening = JournalOpener.Open(disk!, new JournalOptions { Durability = durability }, this, this, TimeProvider.System);
        return opening.Session ?? throw new LoadException(opening.Message);
    }

    // A thousand events a batch, both sides on this thread: what the disk and the encoding cost, without anybody waking anybody.
    private void Write(Durability durability)
    {
        var random = new Random(1);
        var text = Encoding.ASCII.GetBytes(new string('x', LongestText));
        var rooms = Enumerable.Range(0, Rooms)
            .Select(room => Encoding.ASCII.GetBytes("#room" + room.ToString(CultureInfo.InvariantCulture))).ToArray();
        var session = Open(durability);
        var before = Stopwatch.GetTimestamp();
        for (var seq = 1; seq <= Events; seq++)
        {
            session.Journal.Append(new()
            {
                Kind = EventKind.Said,
                Room = rooms[random.Next(Rooms)],
                Epoch = 1,
                Seq = seq,
                UnixMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
                Nick = "somebody"u8,
                Text = text.AsSpan(0, random.Next(1, LongestText)),
            });
            if (seq % EventsPerBatch == 0)
            {
                session.Journal.Submit();
                session.Writer.Step();
                session.Journal.TryTakeOutcome(out _);
            }
        }

        session.Close();
        var took = Stopwatch.GetElapsedTime(before);
        var bytes = Directory.GetFiles(_directory).Sum(file => new FileInfo(file).Length);
        _output.WriteLine($"wrote {Events} events in {Events / EventsPerBatch} batches, {bytes / 1_000_000} MB, {durability}: "
            + $"{took.TotalMilliseconds:F0} ms");
    }

    private void Open(bool withIndexes)
    {
        foreach (var index in withIndexes ? [] : Directory.GetFiles(_directory, "*.index"))
        {
            File.Delete(index);
        }

        var before = Stopwatch.GetTimestamp();
        var session = Open(Durability.Fsync);
        var took = Stopwatch.GetElapsedTime(before);
        _output.WriteLine(
            $"opened {session.Events} events, {session.Segments} segments, {_restored} restored, {(withIndexes ? "with" : "without")} "
                + $"indexes: {took.TotalMilliseconds:F0} ms");
        if (session.Events != Events || _restored != session.Restored
            || _restored != Math.Min(Events, Rooms * new JournalOptions().HistoryEvents))
        {
            _troubles.Add("events are missing");
        }

        session.Close();
    }
}
