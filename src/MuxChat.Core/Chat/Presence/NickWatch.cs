using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Presence;

/// <summary>
/// Who wishes to be told when somebody comes or goes, whether they share a room or not. Nicks are watched, not people: of somebody who
/// takes another nick it is told that the old one is gone.
/// </summary>
/// <remarks>
/// Invariant: a session stands among a nick's watchers exactly while the nick stands in its list. Takes no
/// memory while nobody watches anybody.
/// </remarks>
internal sealed class NickWatch(TickClock clock) : INickObserver
{
    /// <summary>Nicks that one session may watch: 100.</summary>
    public const int MaxWatched = 100;

    private Dictionary<byte[], List<Session>>? _watchers;
    private Dictionary<Session, WatchList>? _lists;

    /// <summary>The nicks that a session watches, in the order it named them, as it spelled them.</summary>
    public IReadOnlyList<byte[]> WatchedBy(Session session) => ListOf(session)?.Nicks ?? [];

    /// <summary>Watches a nick, also one that is watched already. Who is here is told by no event: the caller looks.</summary>
    /// <returns>False when the session watches as many as it may.</returns>
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

    /// <summary>Watches a nick no more.</summary>
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

    /// <summary>Watches nobody any more.</summary>
    public void Clear(Session session)
    {
        if (ListOf(session) is { } list)
        {
            list.Nicks.ForEach(nick => RemoveWatcher(session, nick));
            _lists!.Remove(session);
        }
    }

    /// <summary>
    /// Whether a session is also told what else becomes of those it watches, see <see cref="Send"/>. Off at first; forgotten
    /// when it watches nobody any more.
    /// </summary>
    public void SetExtended(Session session, bool wants)
    {
        if (ListOf(session) is { } list)
        {
            list.WantsNews = wants;
        }
    }

    /// <summary>
    /// Tells something about somebody to those who watch its nick and wish to hear such things, but for those in
    /// its rooms, who are told there.
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
