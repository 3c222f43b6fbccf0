using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Presence;

/// <summary>
/// Who has which nick. Invariant: a nick, whatever its case, has one owner at a time, and every person has one. Observers are
/// told of each that comes or goes.
/// </summary>
internal sealed class NickDirectory
{
    private readonly Dictionary<byte[], Person> _owners = new(AsciiCaseInsensitive.Instance);
    private readonly Dictionary<byte[], Person>.AlternateLookup<ReadOnlySpan<byte>> _byNick;
    private readonly INickObserver[] _observers;
    private long _lastGuest;

    public NickDirectory(INickObserver[] observers)
    {
        _observers = observers;
        _byNick = _owners.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _owners.Count;

    /// <summary>How many of the owners are on this server.</summary>
    public int SessionCount { get; private set; }

    public Person? Find(ReadOnlySpan<byte> nick) => _byNick.TryGetValue(nick, out var owner) ? owner : null;

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

    public void Add(Person person)
    {
        _owners.Add(person.Nick, person);
        SessionCount += person.Session is null ? 0 : 1;
        foreach (var observer in _observers)
        {
            observer.OnNickTaken(person);
        }
    }

    public void Rename(Person person, byte[] nick)
    {
        var old = person.Nick;
        _owners.Remove(old);
        person.Nick = nick;
        _owners.Add(nick, person);
        if (AsciiCaseInsensitive.AreEqual(old, nick))
        {
            return;
        }

        foreach (var observer in _observers)
        {
            observer.OnNickFreed(person, old);
            observer.OnNickTaken(person);
        }
    }

    public void Remove(Person person)
    {
        _owners.Remove(person.Nick);
        SessionCount -= person.Session is null ? 0 : 1;
        foreach (var observer in _observers)
        {
            observer.OnNickFreed(person, person.Nick);
        }
    }
}

/// <summary>Is told who comes and goes under which nick. A new nick is both: the old one goes, the new one comes.</summary>
internal interface INickObserver
{
    /// <summary>Somebody is here under its nick.</summary>
    void OnNickTaken(Person person);

    /// <summary>Nobody is here under that nick any more. Who had it may be here under another.</summary>
    void OnNickFreed(Person person, byte[] nick);
}
