using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;

namespace MuxChat.UnitTests.Storage.Support;

/// <summary>An event as tests write and compare it.</summary>
internal sealed record Line(string Room, long Seq, string Text, long UnixMs = 1_000)
{
    public string Nick { get; init; } = "alice";

    public EventMarks Marks { get; init; }

    public string Tags { get; init; } = "";

    public static Line From(in StoredEvent past) => new(
        Encoding.UTF8.GetString(past.Room), past.Seq, Encoding.UTF8.GetString(past.Text), past.UnixMs)
    {
        Nick = Encoding.UTF8.GetString(past.Nick),
        Marks = past.Marks,
        Tags = Encoding.UTF8.GetString(past.Tags),
    };

    public long AppendTo(IJournal journal) => journal.Append(new()
    {
        Kind = EventKind.Said,
        Room = Encoding.UTF8.GetBytes(Room),
        Epoch = 1,
        Seq = Seq,
        UnixMs = UnixMs,
        Nick = Encoding.UTF8.GetBytes(Nick),
        Text = Encoding.UTF8.GetBytes(Text),
        Marks = Marks,
        Tags = Encoding.UTF8.GetBytes(Tags),
    });
}
