namespace MuxChat.Simulation.Clients;

/// <summary>The error by which the greeting tells a guest that the lobby refuses them. It answers no request, and comes once.</summary>
internal sealed class LobbyRefusal
{
    private bool _hasCome;

    /// <summary>Whether a result is this error.</summary>
    /// <param name="fields">The result.</param>
    /// <param name="asked">The request that is answered next; null for none.</param>
    public bool Refuses(FrameFields fields, Intent? asked)
    {
        var isIt = !_hasCome && string.IsNullOrEmpty(fields.Id) && asked is { Id.Length: > 0 }
            && fields["code"] is ("invite_only" or "bad_key" or "banned" or "room_full");
        _hasCome |= isIt;
        return isIt;
    }

    /// <summary>Whether an error on lines is this one.</summary>
    public bool Refuses(string error)
    {
        var isIt = !_hasCome && error.StartsWith("#lobby ", StringComparison.Ordinal)
            && (error.Contains("invite-only", StringComparison.Ordinal) || error.Contains("needs a key", StringComparison.Ordinal)
                || error.Contains("is full", StringComparison.Ordinal));
        _hasCome |= isIt;
        return isIt;
    }
}
