using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Json;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>Keeps what a client is answered among what it hears.</summary>
internal sealed class RecordingAnswers(RecordingRecipient to) : IQueryAnswers
{
    public bool ShowsSaidOnly { get; init; }

    public string CommandMark => "";

    public IFileAnswers Files { get; } = new JsonProtocol().Answers.Files;

    public ReadOnlySpan<byte> History(Room room, HistoryPage page, bool hasMore)
    {
        var texts = new List<string>();
        for (var index = 0; page.TryNext(ref index, out var past);)
        {
            texts.Add(Bytes.Utf8(past.Text));
        }

        return Keep(new Answer("History") { Room = Bytes.Utf8(room.Name), List = string.Join(' ', texts), More = hasMore });
    }

    public ReadOnlySpan<byte> Gap(Room room, long after) =>
        Keep(new Answer("Gap") { Room = Bytes.Utf8(room.Name), Text = $"{after}" });

    public ReadOnlySpan<byte> Rooms(ReadOnlySpan<Room> part, int total, bool hasMore)
    {
        var list = string.Join(' ', part.ToArray().Select(static room => $"{Bytes.Utf8(room.Name)}:{room.MemberCount}"));
        return Keep(new Answer("Rooms") { List = list, Total = total, More = hasMore });
    }

    public ReadOnlySpan<byte> Members(Room room, ReadOnlySpan<Membership> part, int total, bool hasMore)
    {
        var list = string.Join(' ', part.ToArray().Select(static member => Bytes.Utf8(member.Person.Nick)));
        return Keep(new Answer("Members") { Room = Bytes.Utf8(room.Name), List = list, Total = total, More = hasMore });
    }

    public ReadOnlySpan<byte> WhoIs(PersonFacts facts) => Keep(new Answer("WhoIs")
    {
        Text = Bytes.Utf8(facts.Person.Nick),
        List = string.Join(' ', facts.Rooms.Select(static one => Bytes.Utf8(one.Room.Name))),
    });

    public ReadOnlySpan<byte> Modes(Room room, ReadOnlySpan<byte> modes) =>
        Keep(new Answer("Modes") { Room = Bytes.Utf8(room.Name), Text = Bytes.Utf8(modes) });

    public ReadOnlySpan<byte> Masks(Room room, char letter, ReadOnlySpan<MaskEntry> masks) =>
        Keep(new Answer("Masks") { Room = Bytes.Utf8(room.Name), Text = $"{letter}", Total = masks.Length });

    public ReadOnlySpan<byte> Pong(ReadOnlySpan<byte> token) => Keep(new Answer("Pong") { Text = Bytes.Utf8(token) });

    public ReadOnlySpan<byte> Stats(MetricSet metrics) => Keep(new Answer("Stats") { Figures = string.Join(' ', metrics.Shown) });

    public ReadOnlySpan<byte> Programs(IReadOnlyList<AllowedProgram> programs) =>
        Keep(new Answer("Programs") { List = string.Join(' ', programs.Select(static program => program.Name)) });

    public IRunWriter BeginRun(IClientOutput output, string name, ReadOnlySpan<byte> id) => new Writer(this, name);

    public ReadOnlySpan<byte> Help(ReadOnlySpan<byte> topic) => Keep(new Answer("Help") { Text = Bytes.Utf8(topic) });

    public ReadOnlySpan<byte> PasswordWanted() => Keep(new Answer("PasswordWanted"));

    public ReadOnlySpan<byte> PasswordNotNeeded() => Keep(new Answer("PasswordNotNeeded"));

    private ReadOnlySpan<byte> Keep(Answer answer)
    {
        to.Events.Add(new Heard((EventKind)(-1), answer.Room, 0, "", "", answer.Text, answer.Total)
        {
            Answer = answer.Name,
            More = answer.More,
            List = answer.List,
            Figures = answer.Figures,
        });
        return default;
    }

    private sealed class Writer(RecordingAnswers answers, string name) : IRunWriter
    {
        public int Write(ProgramStream stream, ReadOnlySpan<byte> bytes)
        {
            answers.Keep(new Answer($"{stream}") { Text = Bytes.Utf8(bytes) });
            return bytes.Length;
        }

        public void End(RunEnd end) => answers.Keep(new Answer("Ran") { Text = $"{name}: {end.Describe()}" });
    }

    private sealed record Answer(string Name)
    {
        public string Room { get; init; } = "";

        public string Text { get; init; } = "";

        public string List { get; init; } = "";

        public int Total { get; init; }

        public bool More { get; init; }

        public string Figures { get; init; } = "";
    }
}
