namespace MuxChat.Core.Chat.Rooms;

/// <summary>One person's place in one room. Made on joining, dropped on leaving.</summary>
public sealed class Membership
{
    internal Membership(Person person, Room room)
    {
        Person = person;
        Room = room;
    }

    /// <summary>Who.</summary>
    public Person Person { get; }

    /// <summary>Where.</summary>
    public Room Room { get; }

    /// <summary>The number of the event by which it entered: what came before, it has not heard.</summary>
    internal long EnteredSeq { get; set; }

    /// <summary>What it may do there.</summary>
    public MemberRank Rank { get; internal set; }

    /// <summary>Whether a ban matches it; null when that has to be looked at.</summary>
    internal bool? IsMuted { get; set; }

    /// <summary>Its place in the room's list, so that leaving does not search.</summary>
    internal int Index { get; set; }
}

/// <summary>What a member may do in its room beyond the others.</summary>
[Flags]
public enum MemberRank : byte
{
    /// <summary>What all may.</summary>
    None = 0,

    /// <summary>v: speak in a moderated room, whatever bans match it.</summary>
    Voice = 1 << 0,

    /// <summary>o: change modes, put others out, and all that a voice may.</summary>
    Operator = 1 << 1,
}
