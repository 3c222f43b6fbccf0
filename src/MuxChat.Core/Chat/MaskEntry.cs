namespace MuxChat.Core.Chat;

/// <summary>A mask in one of a room's lists.</summary>
/// <param name="Mask">The mask, <c>nick!user@host</c>.</param>
/// <param name="SetBy">The nick of who set it.</param>
/// <param name="UnixMs">When, in milliseconds since 1970-01-01 UTC.</param>
public sealed record MaskEntry(byte[] Mask, byte[] SetBy, long UnixMs);
