using System.Text;

namespace MuxChat.Core.Chat;

/// <summary>Who has which nick. Invariant: a nick, whatever its case, has one owner at a time, and every session has one.</summary>
internal sealed class NickDirectory
{
    private readonly Dictionary<byte[], Session> _owners = new(AsciiCaseInsensitive.Instance);
    private readonly Dictionary<byte[], Session>.AlternateLookup<ReadOnlySpan<byte>> _byNick;
    private long _lastGuest;

    public NickDirectory() => _byNick = _owners.GetAlternateLookup<ReadOnlySpan<byte>>();

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

    public void Add(Session session) => _owners.Add(session.Nick, session);

    public void Remove(Session session) => _owners.Remove(session.Nick);
}
