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
    int Total)
{
    public static Heard Of(in ChatEvent happened) => new(
        happened.Kind,
        happened.Room is null ? "" : Bytes.Utf8(happened.Room.Name),
        happened.Seq,
        Bytes.Utf8(happened.Nick),
        Bytes.Utf8(happened.NewNick),
        Bytes.Utf8(happened.Text),
        happened.Total)
    {
        UnixMs = happened.UnixMs,
        MessageId = happened.MessageId,
    };

    public long UnixMs { get; init; }

    public MessageId MessageId { get; init; }

    /// <summary>Whether another part of the answer follows.</summary>
    public bool More { get; init; }

    /// <summary>The answer's name, where this is no event.</summary>
    public string? Answer { get; init; }

    /// <summary>The names in a list that was asked for.</summary>
    public string List { get; init; } = "";

    public string Figures { get; init; } = "";

    /// <summary>The event in few words, for comparing sequences.</summary>
    public string Short => string.Join(' ', new[] { Answer ?? $"{Kind}", Room, Nick, NewNick, Text }.Where(static part => part.Length > 0));
}
