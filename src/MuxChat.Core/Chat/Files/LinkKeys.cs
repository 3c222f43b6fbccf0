namespace MuxChat.Core.Chat.Files;

/// <summary>
/// The keys of sessions: 128 random bits that prove to the server's site that a request comes from the person of one session.
/// </summary>
/// <remarks>
/// A request over HTTP has no session. A key is made when it is first needed, and ends with its session. Owner: the chat.
/// </remarks>
/// <param name="newKey">Draws keys that no client can guess.</param>
public sealed class LinkKeys(Func<FileId> newKey)
{
    private readonly Dictionary<FileId, Session> _sessions = [];
    private readonly Dictionary<Session, FileId> _keys = [];

    /// <summary>Returns a session's key.</summary>
    public FileId Of(Session session)
    {
        if (!_keys.TryGetValue(session, out var key))
        {
            key = newKey();
            _keys.Add(session, key);
            _sessions.Add(key, session);
        }

        return key;
    }

    /// <summary>Returns the session with a key; null if there is none, or the text is no key.</summary>
    public Session? Find(ReadOnlySpan<byte> text) =>
        FileId.TryParse(text, out var key) && _sessions.TryGetValue(key, out var session) ? session : null;

    /// <summary>Forgets a session that is gone.</summary>
    internal void Forget(Session session)
    {
        if (_keys.Remove(session, out var key))
        {
            _sessions.Remove(key);
        }
    }
}
