using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Moderation;

/// <summary>
/// Masks of people for bans, exceptions and invite lists: <c>nick!user@host</c> with wildcards (<see cref="WildcardMask"/>).
/// </summary>
internal static class UserMask
{
    /// <summary>The longest mask in bytes: 100.</summary>
    public const int MaxBytes = 100;

    /// <summary>The letter before a mask that only mutes, and a colon: <c>m:nick!user@host</c>. No nick has a colon.</summary>
    public const char MuteLetter = 'm';

    private static ReadOnlySpan<byte> MutePrefix => "m:"u8;

    /// <summary>Whether a mask only mutes: whom it matches may enter, but not speak.</summary>
    public static bool IsMute(ReadOnlySpan<byte> mask) =>
        mask.Length >= MutePrefix.Length && Ascii.EqualsIgnoreCase(mask[..MutePrefix.Length], MutePrefix);

    /// <summary>
    /// Completes a mask: a missing part matches everything. A mute mask stays one. False if the result is not a mask: it is empty or too
    /// long, begins with a colon or mutes twice, or has a space or control character.
    /// </summary>
    public static bool TryComplete(ReadOnlySpan<byte> given, out byte[] mask)
    {
        var start = IsMute(given) ? MutePrefix : default;
        given = given[start.Length..];
        var at = given.IndexOf((byte)'@');
        var bang = given.IndexOf((byte)'!');
        mask = (bang >= 0, at >= 0) switch
        {
            (true, true) => [.. start, .. given],
            (true, false) => [.. start, .. given, .. "@*"u8],
            (false, true) => [.. start, .. "*!"u8, .. given],
            _ => [.. start, .. given, .. "!*@*"u8],
        };
        return !given.IsEmpty && mask.Length <= MaxBytes && given[0] != (byte)':' && !IsMute(given) && !mask.AsSpan().ContainsAny(" \t"u8)
            && !ChatText.HasControl(mask);
    }

    /// <summary>Whether a mask, mute or not, matches a person under their nick, or under one that they are about to take.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> mask, Person person, ReadOnlySpan<byte> nick)
    {
        mask = IsMute(mask) ? mask[MutePrefix.Length..] : mask;
        var identity = person.Identity;
        Span<byte> name = stackalloc byte[Nickname.MaxLength + identity.User.Length + identity.Host.Length + 2];
        var length = Put(name, 0, nick);
        name[length++] = (byte)'!';
        length = Put(name, length, identity.User);
        name[length++] = (byte)'@';
        length = Put(name, length, identity.Host);
        return WildcardMask.IsMatch(mask, name[..length]);
    }

    private static int Put(Span<byte> name, int at, ReadOnlySpan<byte> part)
    {
        part.CopyTo(name[at..]);
        return at + part.Length;
    }
}
