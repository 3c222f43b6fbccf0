namespace MuxChat.Core.Chat;

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
