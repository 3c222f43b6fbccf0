using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.UnitTests.Storage.Support;

/// <summary>Remembers what was restored.</summary>
internal sealed class LineSink : IEventSink
{
    public List<Line> Lines { get; } = [];

    public IEnumerable<long> Numbers => Lines.Select(line => line.Seq);

    public List<RoomStanding> Standings { get; } = [];

    /// <summary>The number of events that came before the last standing.</summary>
    public int LinesBeforeStandings { get; private set; }

    /// <summary>The numbers after which the sink was told of an interruption; 0 for the beginning.</summary>
    public List<long> InterruptedBehind { get; } = [];

    public void OnUncleanShutdown() => InterruptedBehind.Add(Lines.Count == 0 ? 0 : Lines[^1].Seq);

    public void Restore(in StoredEvent past) => Lines.Add(Line.From(past));

    public void Restore(RoomStanding standing)
    {
        Standings.Add(standing);
        LinesBeforeStandings = Lines.Count;
    }
}
