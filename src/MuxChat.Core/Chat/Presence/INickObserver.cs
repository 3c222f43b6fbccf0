namespace MuxChat.Core.Chat.Presence;

/// <summary>Is told who comes and goes under which nick. A new nick is both: the old one goes, the new one comes.</summary>
internal interface INickObserver
{
    /// <summary>Somebody is here under its nick.</summary>
    void Came(Session session);

    /// <summary>Nobody is here under that nick any more. Who had it may be here under another.</summary>
    void Went(Session session, byte[] nick);
}
