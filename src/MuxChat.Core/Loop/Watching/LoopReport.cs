using System.Buffers;
using System.Text.Json;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Loop.Watching;

/// <summary>Encodes the reports for the watchers of the loop, as JSON. See docs/OBSERVING.md.</summary>
/// <remarks>
/// It reads the recorder and the table of connections, and changes only the recorder, whose ticks it takes. Invariant: a report fits in
/// <see cref="MaxBytes"/>, whatever the load. It allocates nothing once its buffers have grown.
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "The writer lives as long as the process and holds nothing between reports.")]
internal sealed class LoopReport(LoopContext loop, ConnectionTable table, MetricSet metrics)
{
    /// <summary>The longest report, in bytes: 48 KiB, less than an event may have.</summary>
    public const int MaxBytes = 48 * 1024;

    /// <summary>Clients shown at once: 200. Those with queued bytes or a pause come first.</summary>
    public const int MaxClients = 200;

    /// <summary>Reports from one list of clients to the next: 3. The process's figures come with each tenth report.</summary>
    public const int ReportsPerClients = 3;

    private const int ReportsPerProcess = 10;

    private static readonly string[] TickColumns =
    [
        "number", "began_us", "wait_ns", "accept_ns", "read_ns", "carry_out_ns", "write_ns", "reap_ns", "ready", "accepted", "frames",
        "bytes_in", "bytes_out", "lines", "delivered", "closed", "for_watchers",
    ];

    private static readonly string[] ClientColumns = ["index", "protocol", "nick", "outbox_bytes", "waits"];

    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private readonly Connection[] _shown = new Connection[MaxClients];
    private long _reports;

    /// <summary>Writes the first message of each watcher: the columns of the lists, and the limits of clients.</summary>
    public void WriteDescription(IBufferWriter<byte> to)
    {
        _json.Reset(to);
        _json.WriteStartObject();
        _json.WriteString("type"u8, "hello"u8);
        _json.WriteString("version"u8, metrics.Process.Build.Text);
        _json.WriteString("io"u8, loop.Network.IoName);
        _json.WriteNumber("period_ms"u8, LoopWatch.PeriodMs);
        _json.WriteNumber("outbox_soft_bytes"u8, loop.Limits.SlowConsumer.SoftBytes);
        _json.WriteNumber("outbox_hard_bytes"u8, loop.Limits.SlowConsumer.HardBytes);
        WriteNames("tick"u8, TickColumns);
        WriteNames("client"u8, ClientColumns);
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>Writes the ticks since the last report, and from time to time the clients and the process.</summary>
    public void Write(IBufferWriter<byte> to)
    {
        _json.Reset(to);
        _json.WriteStartObject();
        _json.WriteString("type"u8, "report"u8);
        _json.WriteNumber("at_ms"u8, loop.NowMs);
        WriteTicks();
        if (_reports % ReportsPerClients == 0)
        {
            WriteClients();
        }

        if (_reports % ReportsPerProcess == 0)
        {
            WriteProcess();
        }

        _reports++;
        _json.WriteEndObject();
        _json.Flush();
    }

    private void WriteNames(ReadOnlySpan<byte> property, string[] names)
    {
        _json.WriteStartArray(property);
        foreach (var name in names)
        {
            _json.WriteStringValue(name);
        }

        _json.WriteEndArray();
    }

    private void WriteTicks()
    {
        var recorder = loop.Recorder;
        _json.WriteNumber("count"u8, recorder.Count);
        if (recorder.Count > 0)
        {
            _json.WritePropertyName("sums"u8);
            WriteTick(recorder.Sums);
            _json.WritePropertyName("longest"u8);
            WriteTick(recorder.Longest);
        }

        _json.WriteStartArray("ticks"u8);
        for (var i = 0; i < recorder.KeptCount; i++)
        {
            WriteTick(recorder[i]);
        }

        _json.WriteEndArray();
        recorder.Clear();
    }

    private void WriteTick(in TickRecord tick)
    {
        _json.WriteStartArray();
        _json.WriteNumberValue(tick.Number);
        _json.WriteNumberValue(tick.BeganUs);
        for (var phase = TickPhase.Wait; phase <= TickPhase.Reap; phase++)
        {
            _json.WriteNumberValue(tick.NsOf(phase));
        }

        _json.WriteNumberValue(tick.Ready);
        _json.WriteNumberValue(tick.Accepted);
        _json.WriteNumberValue(tick.Frames);
        _json.WriteNumberValue(tick.BytesIn);
        _json.WriteNumberValue(tick.BytesOut);
        _json.WriteNumberValue(tick.Lines);
        _json.WriteNumberValue(tick.Delivered);
        _json.WriteNumberValue(tick.Closed);
        _json.WriteNumberValue(tick.IsForWatchers ? 1 : 0);
        _json.WriteEndArray();
    }

    private void WriteClients()
    {
        var shown = Choose();
        _json.WriteNumber("connections"u8, table.Count);
        _json.WriteStartArray("clients"u8);
        foreach (var connection in _shown.AsSpan(0, shown))
        {
            _json.WriteStartArray();
            _json.WriteNumberValue(connection.Token.Index);
            _json.WriteStringValue(connection.Client.ProtocolName);
            _json.WriteStringValue(connection.Client.Nick);
            _json.WriteNumberValue(connection.Client.Recipient.Outbox.QueuedBytes);
            _json.WriteNumberValue((int)connection.Waits);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        _shown.AsSpan(0, shown).Clear();
    }

    // First the clients that wait, then the others, each in the order of the table.
    private int Choose()
    {
        var count = 0;
        foreach (var isWaiting in (ReadOnlySpan<bool>)[true, false])
        {
            for (var place = 0; place < table.Places && count < MaxClients; place++)
            {
                if (table[place] is { } connection
                    && (connection.Waits != ClientWaits.None || connection.Client.Recipient.Outbox.QueuedBytes > 0) == isWaiting)
                {
                    _shown[count++] = connection;
                }
            }
        }

        return count;
    }

    private void WriteProcess()
    {
        var journal = metrics.Journal;
        _json.WriteStartObject("process"u8);
        _json.WriteNumber("resident_bytes"u8, metrics.Process.ResidentBytes.Value);
        _json.WriteNumber("allocated_bytes"u8, metrics.Allocated.Value);
        _json.WriteNumber("collections"u8, metrics.Collections.Value);
        _json.WriteNumber("history_bytes"u8, metrics.HistoryBytes.Value);
        _json.WriteNumber("rooms"u8, metrics.Rooms.Value);
        _json.WriteNumber("longest_tick_us"u8, metrics.LongestTick.Value);
        _json.WriteNumber("journal_up"u8, journal.Up.Value);
        _json.WriteNumber("journal_syncs"u8, journal.Sync.Value);
        _json.WriteNumber("journal_sync_us"u8, journal.Sync.SumUs);
        _json.WriteNumber("journal_bytes"u8, journal.BytesWritten.Value);
        _json.WriteEndObject();
    }
}
