using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>A copy of an event, as one recipient heard it.</summary>
internal sealed record Heard(
    EventKind Kind,
    string Room,
    long Seq,
    string Nick,
    string NewNick,
    string Text,
    int Total,
    bool More,
    string List,
    string Figures)
{
    public static Heard Of(in ChatEvent happened) => new(
        happened.Kind,
        happened.Room is null ? "" : Bytes.Utf8(happened.Room.Name),
        happened.Seq,
        Bytes.Utf8(happened.Nick),
        Bytes.Utf8(happened.NewNick),
        Bytes.Utf8(happened.Text),
        happened.Total,
        happened.More,
        ListOf(happened),
        happened.Stats is null ? "" : string.Join(' ', happened.Stats.All))
    {
        UnixMs = happened.UnixMs,
    };

    public long UnixMs { get; init; }

    /// <summary>The event in few words, for comparing sequences.</summary>
    public string Short => string.Join(' ', new[] { $"{Kind}", Room, Nick, NewNick, Text }.Where(static part => part.Length > 0));

    private static string ListOf(in ChatEvent happened)
    {
        var names = new List<string>();
        foreach (var room in happened.Rooms)
        {
            names.Add($"{Bytes.Utf8(room.Name)}:{room.MemberCount}");
        }

        foreach (var member in happened.Members)
        {
            names.Add(Bytes.Utf8(member.Session.Nick));
        }

        return string.Join(' ', names);
    }
}
