namespace MuxChat.Core.Chat;

/// <summary>What can be switched on and off in a room. The letters are those of RFC 1459, section 4.2.3.1, and C, which most servers have since.</summary>
[Flags]
public enum RoomModes
{
    /// <summary>Nothing is on.</summary>
    None = 0,

    /// <summary>i: only who is invited may enter.</summary>
    InviteOnly = 1 << 0,

    /// <summary>m: only operators and those with a voice may speak.</summary>
    Moderated = 1 << 1,

    /// <summary>n: only who is in may speak.</summary>
    NoOutsiders = 1 << 2,

    /// <summary>s: who is not in does not see the room in lists.</summary>
    Secret = 1 << 3,

    /// <summary>t: only operators set the topic.</summary>
    TopicByOperators = 1 << 4,

    /// <summary>C: programs do not talk to programs here, through requests that people are not shown.</summary>
    NoProgramTalk = 1 << 5,
}
