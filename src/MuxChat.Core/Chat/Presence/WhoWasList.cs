using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Presence;

/// <summary>The nicks that were freed last, because their owners left or were renamed, and who had them.</summary>
internal sealed class WhoWasList(TickClock clock) : INickObserver
{
    /// <summary>Nicks that are remembered: 500. The next one then replaces the oldest.</summary>
    public const int MaxRemembered = 500;

    private readonly Queue<WhoWasEntry> _last = new();

    /// <summary>Returns the previous owners of a nick, latest first.</summary>
    public WhoWasEntry[] Of(ReadOnlySpan<byte> nick)
    {
        var name = nick.ToArray();
        return [.. _last.Where(one => AsciiCaseInsensitive.AreEqual(one.Nick, name)).Reverse()];
    }

    public void OnNickTaken(Person person)
    {
        // The list remembers nicks only once they are freed.
    }

    public void OnNickFreed(Person person, byte[] nick)
    {
        if (_last.Count == MaxRemembered)
        {
            _last.Dequeue();
        }

        _last.Enqueue(new WhoWasEntry(nick, person.DescribeIdentity(), clock.UnixMs));
    }
}

/// <summary>A previous owner of a nick.</summary>
/// <param name="Nick">The nick.</param>
/// <param name="Identity">The owner's user, host and real name.</param>
/// <param name="UnixMs">The time when the nick was freed, in milliseconds since 1970-01-01 UTC.</param>
internal sealed record WhoWasEntry(byte[] Nick, Identity Identity, long UnixMs);
