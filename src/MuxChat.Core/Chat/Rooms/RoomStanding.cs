using MuxChat.Core.Chat.Moderation;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>The state of a room apart from its members and events: the decisions of its operators, and when it was made.</summary>
/// <remarks>It outlives the members and, with a journal, the server. Immutable.</remarks>
public sealed class RoomStanding
{
    /// <summary>The room's name, as its first visitor spelled it.</summary>
    public required byte[] Room { get; init; }

    /// <summary>
    /// Whether the room was forgotten. The other properties are then unset, and earlier standings of the room no longer count.
    /// </summary>
    public bool IsForgotten { get; init; }

    /// <summary>The time when the room was made, in milliseconds since 1970-01-01 UTC.</summary>
    public long CreatedUnixMs { get; init; }

    /// <summary>The modes that are on.</summary>
    public RoomModes Modes { get; init; } = RoomRules.DefaultModes;

    /// <summary>The key, at most <see cref="RoomRules.MaxKeyBytes"/> bytes; null for none.</summary>
    public byte[]? Key { get; init; }

    /// <summary>l: the largest number of members; 0 for no limit.</summary>
    public int Limit { get; init; }

    /// <summary>The topic; empty for none.</summary>
    public byte[] Topic { get; init; } = [];

    /// <summary>The nick of the person who last set or removed the topic; empty before that.</summary>
    public byte[] TopicBy { get; init; } = [];

    /// <summary>The time of that change, in milliseconds since 1970-01-01 UTC; 0 before that.</summary>
    public long TopicUnixMs { get; init; }

    /// <summary>b: masks of people who may neither enter nor speak.</summary>
    public IReadOnlyList<MaskEntry> Bans { get; init; } = [];

    /// <summary>e: masks of people to whom no ban applies.</summary>
    public IReadOnlyList<MaskEntry> Exceptions { get; init; } = [];

    /// <summary>I: masks of people who may enter without an invitation.</summary>
    public IReadOnlyList<MaskEntry> Welcome { get; init; } = [];
}
