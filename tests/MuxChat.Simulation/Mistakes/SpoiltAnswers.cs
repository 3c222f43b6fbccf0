using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;

namespace MuxChat.Simulation.Mistakes;

/// <summary>A protocol's answers, which throw now and then where the past is written.</summary>
internal sealed class SpoiltAnswers(IQueryAnswers inner, Injector injector) : IQueryAnswers
{
    public bool ShowsSaidOnly => inner.ShowsSaidOnly;

    public string CommandMark => inner.CommandMark;

    public ReadOnlySpan<byte> History(Room room, HistoryPage page, bool hasMore)
    {
        Throw();
        return inner.History(room, page, hasMore);
    }

    public ReadOnlySpan<byte> Gap(Room room, long after)
    {
        Throw();
        return inner.Gap(room, after);
    }

    public ReadOnlySpan<byte> Rooms(ReadOnlySpan<Room> part, int total, bool hasMore) => inner.Rooms(part, total, hasMore);

    public ReadOnlySpan<byte> Members(Room room, ReadOnlySpan<Membership> part, int total, bool hasMore) =>
        inner.Members(room, part, total, hasMore);

    public ReadOnlySpan<byte> WhoIs(PersonFacts facts) => inner.WhoIs(facts);

    public ReadOnlySpan<byte> Modes(Room room, ReadOnlySpan<byte> modes) => inner.Modes(room, modes);

    public ReadOnlySpan<byte> Masks(Room room, char letter, ReadOnlySpan<MaskEntry> masks) => inner.Masks(room, letter, masks);

    public ReadOnlySpan<byte> Pong(ReadOnlySpan<byte> token) => inner.Pong(token);

    public ReadOnlySpan<byte> Stats(MetricSet metrics) => inner.Stats(metrics);

    public ReadOnlySpan<byte> Programs(IReadOnlyList<AllowedProgram> programs) => inner.Programs(programs);

    public IRunWriter BeginRun(IClientOutput output, string name, ReadOnlySpan<byte> id) => inner.BeginRun(output, name, id);

    public ReadOnlySpan<byte> Help(ReadOnlySpan<byte> topic) => inner.Help(topic);

    public IFileAnswers Files => inner.Files;

    public ReadOnlySpan<byte> PasswordWanted() => inner.PasswordWanted();

    public ReadOnlySpan<byte> PasswordNotNeeded() => inner.PasswordNotNeeded();

    private void Throw() => injector.Throw(MistakeKind.WriteMore, injector.Serving!);
}
