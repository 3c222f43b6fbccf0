using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Moderation;

/// <summary>
/// Masks of people for bans, exceptions and invite lists: <c>nick!user@host</c> with wildcards (<see cref="WildcardMask"/>).
/// </summary>
internal static class UserMask
{
    /// <summary>The longest mask in bytes: 100.</summary>
    public const int MaxBytes = 100;

    /// <summary>
    /// Completes a mask: a missing part matches everything. False if the result is not a mask: it is empty or too long, begins with a
    /// colon, or has a space or control character.
    /// </summary>
    public static bool TryComplete(ReadOnlySpan<byte> given, out byte[] mask)
    {
        var at = given.IndexOf((byte)'@');
        var bang = given.IndexOf((byte)'!');
        mask = (bang >= 0, at >= 0) switch
        {
            (true, true) => given.ToArray(),
            (true, false) => [.. given, .. "@*"u8],
            (false, true) => [.. "*!"u8, .. given],
            _ => [.. given, .. "!*@*"u8],
        };
        return !given.IsEmpty && mask.Length <= MaxBytes && given[0] != (byte)':' && !mask.AsSpan().ContainsAny(" \t"u8)
            && !ChatText.HasControl(mask);
    }

    /// <summary>Whether a mask matches a person under their current nick, or under a nick that they are about to take.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> mask, Person person, ReadOnlySpan<byte> nick)
    {
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
