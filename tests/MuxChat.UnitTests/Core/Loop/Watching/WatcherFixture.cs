using System.Text.Json;
using MuxChat.Core.Framing;
using MuxChat.Core.Loop;
using MuxChat.Core.Loop.Watching;
using MuxChat.Core.Protocols.Http;
using MuxChat.Testing.Clients;

namespace MuxChat.UnitTests.Core.Loop.Watching;

/// <summary>A loop whose second listener is for those who watch it, and what a watcher reads.</summary>
internal sealed class WatcherFixture
{
    private const int Watcher = LoopFixture.Frame;

    public WatcherFixture(LoopLimits? limits = null) => Loop = new LoopFixture(limits: limits,
        watchers: static watch => new WebSocketProtocol(new LoopEventsProtocol(new FrameLimits(), watch)));

    public LoopFixture Loop { get; }

    /// <summary>Connects one that watches. It has not read anything yet.</summary>
    public FakeChannel Watch()
    {
        var channel = Loop.Network.Knock(Watcher);
        Loop.Tick();
        return channel;
    }

    /// <summary>Lets time go by until the next report is due, and one tick that sends it.</summary>
    public void PassPeriod()
    {
        Loop.Time.AdvanceMs(LoopWatch.PeriodMs);
        Loop.Tick();
    }

    /// <summary>The text messages among the frames that were sent since this was last asked.</summary>
    public static List<JsonElement> Read(FakeChannel channel) => [.. WebSocketFrames.ReadFrames(channel.ReadBytes())
        .Where(static frame => frame.Opcode == WebSocketFrames.Text)
        .Select(static frame => JsonDocument.Parse(frame.Content).RootElement.Clone())];

    /// <summary>A field of a tick, by the names in the first message.</summary>
    public static long Field(JsonElement hello, JsonElement tick, string name)
    {
        var columns = hello.GetProperty("tick").EnumerateArray().Select(static column => column.GetString()).ToList();
        Assert.Equal(columns.Count, tick.GetArrayLength());
        return tick[columns.IndexOf(name)].GetInt64();
    }
}
