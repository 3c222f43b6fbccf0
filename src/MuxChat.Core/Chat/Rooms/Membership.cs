namespace MuxChat.Core.Chat.Rooms;

/// <summary>One person's place in one room. Made on joining, dropped on leaving.</summary>
public sealed class Membership
{
    internal Membership(Person person, Room room)
    {
        Person = person;
        Room = room;
    }

    /// <summary>The member.</summary>
    public Person Person { get; }

    /// <summary>The room that the person is in.</summary>
    public Room Room { get; }

    /// <summary>The number of the event by which the person entered. They have not seen earlier events.</summary>
    internal long EnteredSeq { get; set; }

    /// <summary>The rights that the person has in the room beyond those of every member.</summary>
    public MemberRank Rank { get; internal set; }

    /// <summary>Whether a ban or a mute mask keeps the person from speaking; null when this must be computed again.</summary>
    internal bool? IsMuted { get; set; }

    /// <summary>Index in the room's list of members, so that leaving needs no search.</summary>
    internal int Index { get; set; }
}

/// <summary>Rights of a member in a room beyond those of every member.</summary>
[Flags]
public enum MemberRank : byte
{
    /// <summary>No further rights.</summary>
    None = 0,

    /// <summary>v: may speak in a moderated room, and despite a ban.</summary>
    Voice = 1 << 0,

    /// <summary>o: may change modes, kick, and do all that a voice may.</summary>
    Operator = 1 << 1,
}
