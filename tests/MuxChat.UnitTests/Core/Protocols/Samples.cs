using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.UnitTests.Core.Chat;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>One event of every kind, to be rendered by every wire format.</summary>
internal static class Samples
{
    /// <summary>2026-11-21T10:00:00.007Z.</summary>
    public const long UnixMs = 1_795_255_200_007;

    public const string Text = "h\u00e9llo \"\\ <b> \U0001F600\t.";

    public static readonly Room Room = Made("#r\u00f6om", 3);

    /// <summary>What the event looks like; empty when this format does not show it.</summary>
    public static byte[] Render(IWireFormat format, in ChatEvent happened)
    {
        var pool = new SegmentPool();
        var writer = new SegmentWriter(pool);

        // Something else stands in front, so that an event that writes where it must not is seen.
        writer.Begin();
        writer.Put("before"u8);
        var before = writer.Commit();
        before.Segment.Retain();
        writer.Begin();
        format.Encode(happened, writer);
        var slice = writer.Commit();
        Assert.Equal("before", Bytes.Utf8(before.Span));
        return slice.Span.ToArray();
    }

    public static byte[] Render(IWireFormat format, EventKind kind, string text = Text) => Render(format, Of(kind, Bytes.Utf8(text)));

    /// <summary>The event of that kind by alice (who is bob from now on), with every field that this kind has.</summary>
    public static ChatEvent Of(EventKind kind, byte[] text) => new()
    {
        Kind = kind,
        Room = Room,
        Seq = 42,
        UnixMs = UnixMs,
        Nick = "alice"u8,
        NewNick = "bob"u8,
        Text = kind == EventKind.Redacted ? [.. "17-5 "u8, .. text] : text,
        Total = 7,
        TextBytes = 64,
        Result = kind is EventKind.Error or EventKind.OperatorRefused
            ? CommandResult.Error(ErrorCode.NickTaken, "taken: \"x\"") : CommandResult.Ok(),
    };

    /// <summary>All figures, each with the value that is made of its place, from 1 on.</summary>
    public static MetricSet Figures(Func<int, long> valueOf)
    {
        var metrics = new MetricSet();
        metrics.Io.Text = "epoll";
        var number = 0;
        foreach (var metric in metrics.Shown)
        {
            number += metric is TextMetric ? 0 : 1;
            (metric as Gauge)?.Set(valueOf(number));
            (metric as Counter)?.Add(valueOf(number));
        }

        return metrics;
    }

    /// <summary>A room in epoch 17 with so many members: n0, n1, ...</summary>
    public static Room Made(string name, int members)
    {
        var room = new Room(Bytes.Utf8(name), new RecordingDelivery().CreateSubscribers(),
            new EventLog(new HistoryBudget(new ChatLimits { HistoryBytes = 1_000_000, History = 10 })), new RoomOrder());
        room.Log.BeginEpoch(17);
        for (var i = 0; i < members; i++)
        {
            room.Enter(new Membership(new Session(new RecordingRecipient(), Bytes.Utf8($"n{i}")).Person, room));
        }

        return room;
    }
}
