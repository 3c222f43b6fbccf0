using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Presence;

/// <summary>
/// Who has which nick. Invariant: a nick, whatever its case, has one owner at a time, and every session has one. Observers are
/// told of each that comes or goes.
/// </summary>
internal sealed class NickDirectory
{
    private readonly Dictionary<byte[], Session> _owners = new(AsciiCaseInsensitive.Instance);
    private readonly Dictionary<byte[], Session>.AlternateLookup<ReadOnlySpan<byte>> _byNick;
    private readonly INickObserver[] _observers;
    private long _lastGuest;

    public NickDirectory(INickObserver[] observers)
    {
        _observers = observers;
        _byNick = _owners.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _owners.Count;

    public Session? Find(ReadOnlySpan<byte> nick) => _byNick.TryGetValue(nick, out var owner) ? owner : null;

    /// <summary>The next <c>guest-N</c> that nobody has.</summary>
    public byte[] NextGuest()
    {
        byte[] nick;
        do
        {
            nick = Encoding.ASCII.GetBytes($"guest-{++_lastGuest}");
        }
        while (_owners.ContainsKey(nick));
        return nick;
    }

    public void Add(Session session)
    {
        _owners.Add(session.Nick, session);
        foreach (var observer in _observers)
        {
            observer.OnNickTaken(session);
        }
    }

    public void Rename(Session session, byte[] nick)
    {
        var old = session.Nick;
        _owners.Remove(old);
        session.Nick = nick;
        _owners.Add(nick, session);
        if (AsciiCaseInsensitive.AreEqual(old, nick))
        {
            return;
        }

        foreach (var observer in _observers)
        {
            observer.OnNickFreed(session, old);
            observer.OnNickTaken(session);
        }
    }

    public void Remove(Session session)
    {
        _owners.Remove(session.Nick);
        foreach (var observer in _observers)
        {
            observer.OnNickFreed(session, session.Nick);
        }
    }
}

/// <summary>Is told who comes and goes under which nick. A new nick is both: the old one goes, the new one comes.</summary>
internal interface INickObserver
{
    /// <summary>Somebody is here under its nick.</summary>
    void OnNickTaken(Session session);

    /// <summary>Nobody is here under that nick any more. Who had it may be here under another.</summary>
    void OnNickFreed(Session session, byte[] nick);
}
