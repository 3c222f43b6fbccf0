namespace MuxChat.Core.Chat;

/// <summary>
/// A table of the kinds of event that rooms receive, with one row per kind. A wire format may differ, and decides that itself.
/// </summary>
/// <remarks>
/// Invariant: stored codes never change, because journals hold them. A kind without a row is
/// sent to single clients, not published to rooms.
/// </remarks>
public static class EventKinds
{
    /// <summary>The rows, one for each kind that has any trait.</summary>
    public static IReadOnlyList<EventTraits> All { get; } =
    [
        new(EventKind.Said) { StoredCode = 1, IsNumbered = true, IsSaid = true },
        new(EventKind.Acted) { StoredCode = 2, IsNumbered = true, IsSaid = true },
        new(EventKind.Joined) { StoredCode = 3, IsNumbered = true, ReachesActor = true },
        new(EventKind.Left) { StoredCode = 4, IsNumbered = true, ReachesActor = true },
        new(EventKind.Quit) { StoredCode = 5, IsNumbered = true, IsOncePerPerson = true },
        new(EventKind.Renamed) { StoredCode = 6, IsNumbered = true, HasNewNick = true, IsOncePerPerson = true, ReachesActor = true },
        new(EventKind.TopicSet) { StoredCode = 7, IsNumbered = true, ReachesActor = true },
        new(EventKind.Kicked) { StoredCode = 8, IsNumbered = true, HasNewNick = true, ReachesActor = true },
        new(EventKind.ModeSet) { StoredCode = 9, IsNumbered = true, ReachesActor = true },
        new(EventKind.Shared) { StoredCode = 10, IsNumbered = true, IsSaid = true, ReachesActor = true },
        new(EventKind.Redacted) { StoredCode = 11, IsNumbered = true, IsOncePerPerson = true, ReachesActor = true },
        new(EventKind.Erased) { IsNumbered = true },
        new(EventKind.Signal) { IsSaid = true },
        new(EventKind.Tagged) { IsSaid = true },
        new(EventKind.Away) { IsOncePerPerson = true },
        new(EventKind.Invited) { IsOncePerPerson = true },
        new(EventKind.RealNameSet) { IsOncePerPerson = true, ReachesActor = true },
    ];

    private static readonly EventTraits[] Rows = Index(All);

    // Indexed by stored code; index 0 has no kind.
    private static readonly EventKind?[] Stored = IndexStored();

    /// <summary>The highest stored code.</summary>
    public static int MaxStoredCode => Stored.Length - 1;

    /// <summary>Returns the row of a kind. A kind without a row gets one in which every trait is false.</summary>
    public static EventTraits Of(EventKind kind) => (uint)kind < (uint)Rows.Length ? Rows[(int)kind] : default;

    /// <summary>Returns the kind with that stored code; null if no kind has it.</summary>
    public static EventKind? OfStored(int code) => (uint)code < (uint)Stored.Length ? Stored[code] : null;

    private static EventTraits[] Index(IReadOnlyList<EventTraits> rows)
    {
        var byKind = new EventTraits[Enum.GetValues<EventKind>().Length];
        foreach (var row in rows)
        {
            byKind[(int)row.Kind] = row;
        }

        return byKind;
    }

    private static EventKind?[] IndexStored()
    {
        var byCode = new EventKind?[Rows.Max(static row => row.StoredCode) + 1];
        foreach (var row in Rows)
        {
            if (row.StoredCode > 0)
            {
                byCode[row.StoredCode] = row.Kind;
            }
        }

        return byCode;
    }
}

/// <summary>The traits of one kind of event; see <see cref="EventKinds"/>.</summary>
/// <param name="Kind">The kind.</param>
public readonly record struct EventTraits(EventKind Kind)
{
    /// <summary>The code of the kind in journals, 1 to 63; 0 for a kind that is never stored.</summary>
    public byte StoredCode { get; init; }

    /// <summary>Whether the event has a number in its room, and the room remembers it.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>Whether a person or a program said it. The speaker then gets it back only as an echo that their client asked for.</summary>
    public bool IsSaid { get; init; }

    /// <summary>Whether it names a second nick: the new one, or the victim's.</summary>
    public bool HasNewNick { get; init; }

    /// <summary>
    /// Whether a client that shares several rooms with the actor hears it only once, and only if the client asked for such events.
    /// </summary>
    public bool IsOncePerPerson { get; init; }

    /// <summary>Whether the actor gets it like everyone else in the room.</summary>
    public bool ReachesActor { get; init; }
}
