using System.Runtime.InteropServices;
using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Presence;

/// <summary>Maps each nick to its owner, and notifies observers of each nick that is taken or freed.</summary>
/// <remarks>Invariant: a nick, whatever its case, has one owner at a time, and every person has one nick.</remarks>
internal sealed class NickDirectory
{
    private readonly Dictionary<byte[], Person> _owners = new(AsciiCaseInsensitive.Instance);
    private readonly Dictionary<byte[], Person>.AlternateLookup<ReadOnlySpan<byte>> _byNick;
    private readonly INickObserver[] _observers;
    private readonly List<Person> _persons = [];
    private long _lastGuest;
    private uint _lastPerson;

    public NickDirectory(INickObserver[] observers)
    {
        _observers = observers;
        _byNick = _owners.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _owners.Count;

    /// <summary>The number of owners who are on this server.</summary>
    public int SessionCount { get; private set; }

    /// <summary>The largest <see cref="Count"/> since the start.</summary>
    public int MaxCount { get; private set; }

    /// <summary>The largest <see cref="SessionCount"/> since the start.</summary>
    public int MaxSessionCount { get; private set; }

    /// <summary>
    /// All owners, valid until one comes or leaves. The last one then takes the place of the one who leaves. So a reader that takes turns
    /// with others goes from the last to the first: it leaves out none, and may see one twice.
    /// </summary>
    public ReadOnlySpan<Person> Persons => CollectionsMarshal.AsSpan(_persons);

    public Person? Find(ReadOnlySpan<byte> nick) => _byNick.TryGetValue(nick, out var owner) ? owner : null;

    /// <summary>Returns the next <c>guest-N</c> that is not in use.</summary>
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

    /// <summary>
    /// Returns a free nick for a user of this machine: the user's name as far as it is a nick, or that name and a number.
    /// </summary>
    public byte[] NextFor(string userName)
    {
        var name = Nickname.FromName(userName);
        var nick = name;
        while (_owners.ContainsKey(nick))
        {
            nick = [.. name, .. Encoding.ASCII.GetBytes($"-{++_lastGuest}")];
        }

        return nick;
    }

    public void Add(Person person)
    {
        _owners.Add(person.Nick, person);
        person.Number = ++_lastPerson;
        person.Index = _persons.Count;
        _persons.Add(person);
        SessionCount += person.Session is null ? 0 : 1;
        (MaxCount, MaxSessionCount) = (Math.Max(MaxCount, Count), Math.Max(MaxSessionCount, SessionCount));
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
        var last = _persons[^1];
        _persons[person.Index] = last;
        last.Index = person.Index;
        _persons.RemoveAt(_persons.Count - 1);
        SessionCount -= person.Session is null ? 0 : 1;
        foreach (var observer in _observers)
        {
            observer.OnNickFreed(person, person.Nick);
        }
    }
}

/// <summary>
/// Hears when a nick is taken or freed. A rename is both: the old nick is freed, then the new
/// one is taken. A change of case alone is neither.
/// </summary>
internal interface INickObserver
{
    /// <summary>A person is now here under their nick.</summary>
    void OnNickTaken(Person person);

    /// <summary>A nick is no longer in use. Its last owner may be here under another.</summary>
    void OnNickFreed(Person person, byte[] nick);
}
