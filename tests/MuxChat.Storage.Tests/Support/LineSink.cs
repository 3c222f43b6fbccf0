using MuxChat.Core.Chat.History;

namespace MuxChat.Storage.Tests.Support;

/// <summary>Remembers what was restored.</summary>
internal sealed class LineSink : IEventSink
{
    public List<Line> Lines { get; } = [];

    public IEnumerable<long> Numbers => Lines.Select(line => line.Seq);

    public void Restore(in PastEvent past) => Lines.Add(Line.From(past));
}
