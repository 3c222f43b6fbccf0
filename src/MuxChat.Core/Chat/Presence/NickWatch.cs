using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Presence;

/// <summary>
/// Tells sessions when a nick that they watch comes online or goes offline, whether or not they share a room. Sessions watch nicks, not
/// people. A rename therefore counts as the old nick going offline.
/// </summary>
/// <remarks>
/// Invariant: a session is among a nick's watchers exactly while the nick is in the session's list.
/// Allocates no memory before the first nick is watched.
/// </remarks>
internal sealed class NickWatch(TickClock clock) : INickObserver
{
    /// <summary>Nicks that one session may watch: 100.</summary>
    public const int MaxWatched = 100;

    private Dictionary<byte[], List<Session>>? _watchers;
    private Dictionary<Session, WatchList>? _lists;

    /// <summary>Returns the nicks that a session watches, in the order and the spelling in which it named them.</summary>
    public IReadOnlyList<byte[]> WatchedBy(Session session) => ListOf(session)?.Nicks ?? [];

    /// <summary>
    /// Watches a nick. Watching the same nick again does nothing. No event says whether the nick
    /// is in use now, so the caller must look it up.
    /// </summary>
    /// <returns>False if the session already watches <see cref="MaxWatched"/> nicks; the nick is then not watched.</returns>
    public bool Watch(Session session, ReadOnlySpan<byte> nick)
    {
        _watchers ??= new(AsciiCaseInsensitive.Instance);
        _lists ??= [];
        var list = ListOf(session);
        var key = nick.ToArray();
        if (list is not null && list.Nicks.Exists(one => AsciiCaseInsensitive.AreEqual(one, key)))
        {
            return true;
        }

        if (list?.Nicks.Count >= MaxWatched)
        {
            return false;
        }

        if (list is null)
        {
            _lists.Add(session, list = new WatchList());
        }

        if (!_watchers.TryGetValue(key, out var watchers))
        {
            _watchers.Add(key, watchers = []);
        }

        list.Nicks.Add(key);
        watchers.Add(session);
        return true;
    }

    /// <summary>Stops watching a nick.</summary>
    public void Unwatch(Session session, ReadOnlySpan<byte> nick)
    {
        var key = nick.ToArray();
        if (ListOf(session) is { } list && list.Nicks.RemoveAll(one => AsciiCaseInsensitive.AreEqual(one, key)) > 0)
        {
            RemoveWatcher(session, key);
            if (list.Nicks.Count == 0)
            {
                _lists!.Remove(session);
            }
        }
    }

    /// <summary>Stops watching all nicks.</summary>
    public void Clear(Session session)
    {
        if (ListOf(session) is { } list)
        {
            list.Nicks.ForEach(nick => RemoveWatcher(session, nick));
            _lists!.Remove(session);
        }
    }

    /// <summary>
    /// Sets whether a session also hears other news about the owners of watched nicks, see <see cref="Send"/>. Off
    /// at first, and off again once the session watches no nick.
    /// </summary>
    public void SetExtended(Session session, bool wants)
    {
        if (ListOf(session) is { } list)
        {
            list.WantsNews = wants;
        }
    }

    /// <summary>
    /// Sends news about a person to the sessions that watch their nick and asked for such news. Sessions that share
    /// a room with the person hear it there, and are skipped.
    /// </summary>
    public void Send(Person person, in ChatEvent news)
    {
        if (_watchers is null || !_watchers.TryGetValue(person.Nick, out var watchers))
        {
            return;
        }

        foreach (var watcher in watchers)
        {
            if (ListOf(watcher)!.WantsNews && !ReferenceEquals(watcher.Person, person) && !ShareRoom(watcher.Person, person))
            {
                watcher.Recipient.Receive(news);
            }
        }
    }

    public void OnNickTaken(Person person) => Announce(EventKind.NickOnline, person, person.Nick);

    public void OnNickFreed(Person person, byte[] nick)
    {
        if (person is { IsGone: true, Session: { } session })
        {
            Clear(session);
        }

        Announce(EventKind.NickOffline, person, nick);
    }

    private void Announce(EventKind kind, Person person, byte[] nick)
    {
        if (_watchers is null || !_watchers.TryGetValue(nick, out var watchers))
        {
            return;
        }

        foreach (var watcher in watchers)
        {
            watcher.Recipient.Receive(
                new ChatEvent { Kind = kind, UnixMs = clock.UnixMs, Actor = person, Nick = nick, NewNick = watcher.Person.Nick });
        }
    }

    private WatchList? ListOf(Session session) => _lists is not null && _lists.TryGetValue(session, out var list) ? list : null;

    private void RemoveWatcher(Session session, byte[] nick)
    {
        var watchers = _watchers![nick];
        watchers.Remove(session);
        if (watchers.Count == 0)
        {
            _watchers.Remove(nick);
        }
    }

    private static bool ShareRoom(Person one, Person other)
    {
        foreach (var membership in one.Memberships)
        {
            if (other.Find(membership.Room) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private sealed class WatchList
    {
        public List<byte[]> Nicks { get; } = [];

        public bool WantsNews { get; set; }
    }
}
