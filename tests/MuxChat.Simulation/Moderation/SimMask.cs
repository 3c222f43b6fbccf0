namespace MuxChat.Simulation.Moderation;

/// <summary>Masks of people, <c>nick!user@host</c> with <c>*</c> and <c>?</c>, by a matcher of the simulation's own.</summary>
internal static class SimMask
{
    /// <summary>A host that stands for any: hosts are not told apart here.</summary>
    private const string AnyHost = "somewhere";

    private const string Mute = "m:";

    /// <summary>Whether a mask only mutes.</summary>
    public static bool IsMute(string mask) => mask.StartsWith(Mute, StringComparison.OrdinalIgnoreCase);

    /// <summary>The mask as a room keeps it: what was left out matches all.</summary>
    public static string Complete(string given)
    {
        if (IsMute(given))
        {
            return Mute + Complete(given[Mute.Length..]);
        }

        var user = given.Contains('!', StringComparison.Ordinal) ? "" : given.Contains('@', StringComparison.Ordinal) ? "*!" : "!*";
        var whole = user == "*!" ? user + given : given + user;
        return whole.Contains('@', StringComparison.Ordinal) ? whole : whole + "@*";
    }

    /// <summary>Whether a mask, one that only mutes too, matches somebody.</summary>
    public static bool IsMatch(string mask, string nick, string user) =>
        IsMatch(IsMute(mask) ? mask[Mute.Length..] : mask, $"{nick}!{user}@{AnyHost}");

    private static bool IsMatch(ReadOnlySpan<char> mask, ReadOnlySpan<char> name)
    {
        if (mask.IsEmpty)
        {
            return name.IsEmpty;
        }

        if (mask[0] == '*')
        {
            return IsMatch(mask[1..], name) || (!name.IsEmpty && IsMatch(mask, name[1..]));
        }

        var isSame = !name.IsEmpty && (mask[0] == '?' || char.ToLowerInvariant(mask[0]) == char.ToLowerInvariant(name[0]));
        return isSame && IsMatch(mask[1..], name[1..]);
    }
}
