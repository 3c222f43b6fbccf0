namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// A list of a room's members as it comes, line by line, while people come and go: who is listed must be in, and who is in from the first
/// line to the last must be listed.
/// </summary>
internal sealed class Roster(IrcRoom room)
{
    private readonly HashSet<string> _unlisted = new(room.Members.Except(room.Fresh), StringComparer.Ordinal);
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);
    private bool _hasMoved;

    /// <summary>Those who are not listed yet.</summary>
    public IReadOnlyCollection<string> Unlisted => _unlisted;

    /// <summary>Takes one name. False when it must not be listed: not a member, or listed twice though nobody has left.</summary>
    public bool List(string nick)
    {
        _unlisted.Remove(nick);
        return room.Members.Contains(nick) && (_listed.Add(nick) || _hasMoved);
    }

    public void Left(string nick)
    {
        _hasMoved = true;
        _unlisted.Remove(nick);
    }

    public void Renamed(string nick, string newNick)
    {
        if (_unlisted.Remove(nick))
        {
            _unlisted.Add(newNick);
        }

        _hasMoved = true;
    }
}
