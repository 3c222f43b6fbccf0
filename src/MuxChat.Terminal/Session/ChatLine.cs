namespace MuxChat.Terminal.Session;

/// <summary>The kinds of lines in a view.</summary>
internal enum LineKind
{
    /// <summary>A text that a person said.</summary>
    Said,

    /// <summary>A person does something.</summary>
    Acted,

    /// <summary>Another event of the room.</summary>
    Event,

    /// <summary>A remark of this client, or an answer of the server.</summary>
    Note,

    /// <summary>Something went wrong.</summary>
    Error,

    /// <summary>Here events are missing.</summary>
    Gap,
}

/// <summary>One line of a view, as it came: unsafe characters are still in it.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Nick">The person who says it; empty for other lines.</param>
/// <param name="Text">The text.</param>
internal sealed record ChatLine(LineKind Kind, DateTimeOffset Time, string Nick, string Text)
{
    /// <summary>Whether the user said it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether the user asked to see it again.</summary>
    public bool IsPast { get; init; }

    /// <summary>Whether it names the user, or is a private message.</summary>
    public bool IsMention { get; init; }

    /// <summary>The line of a room's event.</summary>
    public static ChatLine Of(RoomEvent happened, bool isOwn, bool isMention) => new(
        happened.Type switch
        {
            "said" => LineKind.Said,
            "acted" => LineKind.Acted,
            RoomEvent.Gap => LineKind.Gap,
            _ => LineKind.Event,
        },
        happened.Time, happened.IsSaid ? happened.Actor : "", WordsOf(happened))
    {
        IsOwn = isOwn,
        IsMention = isMention,
    };

    private static string WordsOf(RoomEvent happened)
    {
        var (actor, text) = (happened.Actor, happened.Text);
        var because = text.Length > 0 ? $": {text}" : "";
        return happened.Type switch
        {
            "joined" => $"{actor} joined",
            "left" => $"{actor} left{because}",
            "quit" => $"{actor} quit{because}",
            "renamed" => $"{actor} is now {happened.Target}",
            "topic" => text.Length > 0 ? $"{actor} set the topic: {text}" : $"{actor} removed the topic",
            "kicked" => $"{actor} kicked {happened.Target}{because}",
            "mode" => $"{actor} set the modes: {text}",
            "shared" => $"{actor} shared {text}",
            "redact" => $"{actor} removed a line{because}",
            "erased" => $"a line of {actor} was removed",
            "said" or "acted" or RoomEvent.Gap => text,
            _ => $"{happened.Type} {actor}{because}",
        };
    }
}
