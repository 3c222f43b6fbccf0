using MuxChat.Core.Chat.Moderation;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>
/// How a room stands, apart from who is in it: what its operators decided, and when it was made. It outlives its members, and with a
/// journal the server. Never changed once it is made.
/// </summary>
public sealed class RoomStanding
{
    /// <summary>The room's name, as its first visitor spelled it.</summary>
    public required byte[] Room { get; init; }

    /// <summary>Whether the room was forgotten: then nothing else is said here, and what was said before does not count any more.</summary>
    public bool IsForgotten { get; init; }

    /// <summary>When the room was made, in milliseconds since 1970-01-01 UTC.</summary>
    public long CreatedUnixMs { get; init; }

    /// <summary>What is switched on.</summary>
    public RoomModes Modes { get; init; } = RoomRules.DefaultModes;

    /// <summary>The key, at most <see cref="RoomRules.MaxKeyBytes"/> bytes; null for none.</summary>
    public byte[]? Key { get; init; }

    /// <summary>How many may be in; 0 for any number.</summary>
    public int Limit { get; init; }

    /// <summary>The topic; empty for none.</summary>
    public byte[] Topic { get; init; } = [];

    /// <summary>The nick of who set or removed it; empty where nobody did.</summary>
    public byte[] TopicBy { get; init; } = [];

    /// <summary>When that was, in milliseconds since 1970-01-01 UTC; 0 where nobody did.</summary>
    public long TopicUnixMs { get; init; }

    /// <summary>b: who is kept out and silent.</summary>
    public IReadOnlyList<MaskEntry> Bans { get; init; } = [];

    /// <summary>e: who is not, although a ban matches.</summary>
    public IReadOnlyList<MaskEntry> Exceptions { get; init; } = [];

    /// <summary>I: who enters uninvited.</summary>
    public IReadOnlyList<MaskEntry> Welcome { get; init; } = [];
}
