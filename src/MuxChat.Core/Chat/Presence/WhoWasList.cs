using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Presence;

/// <summary>The nicks that were given up last, by leaving or for another nick, and who had them.</summary>
internal sealed class WhoWasList(TickClock clock) : INickObserver
{
    /// <summary>How many are remembered: 500. The oldest is forgotten when there is another.</summary>
    public const int MaxRemembered = 500;

    private readonly Queue<WhoWasEntry> _last = new();

    /// <summary>Who had a nick, the last one first.</summary>
    public WhoWasEntry[] Of(ReadOnlySpan<byte> nick)
    {
        var name = nick.ToArray();
        return [.. _last.Where(one => AsciiCaseInsensitive.AreEqual(one.Nick, name)).Reverse()];
    }

    public void OnNickTaken(Person person)
    {
        // Only who goes is remembered.
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

/// <summary>Somebody who was here under a nick.</summary>
/// <param name="Nick">The nick.</param>
/// <param name="Identity">Who that was.</param>
/// <param name="UnixMs">Until when, in milliseconds since 1970-01-01 UTC.</param>
internal sealed record WhoWasEntry(byte[] Nick, Identity Identity, long UnixMs);
