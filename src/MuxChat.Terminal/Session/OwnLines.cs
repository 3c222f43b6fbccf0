namespace MuxChat.Terminal.Session;

/// <summary>The user's lines of one view that the server has not acknowledged, in the order of typing.</summary>
/// <remarks>
/// A line whose fate is unsure is never sent again before the room's past is known up to the end of the connection that carried it. Later
/// lines wait for that, so that the order stays.
/// </remarks>
internal sealed class OwnLines
{
    private readonly List<OwnLine> _lines = [];

    public IReadOnlyList<OwnLine> All => _lines;

    public int Sent => _lines.Count(static line => line.State == OwnState.Sent);

    public bool HasUnsure => _lines.Exists(static line => line.State == OwnState.Unsure);

    /// <summary>Returns the next line to send; null if there is none, or if it must wait for lines whose fate is unsure.</summary>
    public OwnLine? Next => HasUnsure ? null : _lines.Find(static line => line.State == OwnState.Waiting);

    public void Add(OwnLine line) => _lines.Add(line);

    /// <summary>The line was acknowledged, refused or given up.</summary>
    public bool Remove(OwnLine line) => _lines.Remove(line);

    /// <summary>The connection broke: a line that was sent may have been said.</summary>
    public void Broke()
    {
        foreach (var line in _lines.Where(static line => line.State == OwnState.Sent))
        {
            line.State = OwnState.Unsure;
        }
    }

    /// <summary>
    /// If an event is a line whose fate was unsure, it was said: removes the first such line, and returns whether there is one. A line that
    /// an operator removed meanwhile comes without its text.
    /// </summary>
    public bool Match(RoomEvent said)
    {
        var isErased = said.Type == "erased";
        var found = !said.IsSaid && !isErased ? null : _lines.Find(line => line.State == OwnState.Unsure && line.Nick == said.Actor
            && (isErased || (line.Text == said.Text && line.IsAction == (said.Type == "acted"))));
        return found is not null && _lines.Remove(found);
    }

    /// <summary>No connection is left that could still carry them out: lines of unsure fate were not said, and are sent again.</summary>
    public void Settle()
    {
        foreach (var line in _lines.Where(static line => line.State == OwnState.Unsure))
        {
            line.State = OwnState.Waiting;
        }
    }

    /// <summary>Removes and returns the lines whose fate cannot be known.</summary>
    public IReadOnlyList<OwnLine> GiveUp()
    {
        OwnLine[] lost = [.. _lines.Where(static line => line.State == OwnState.Unsure)];
        _lines.RemoveAll(static line => line.State == OwnState.Unsure);
        return lost;
    }

    /// <summary>Removes and returns the lines that wait for no answer.</summary>
    public IReadOnlyList<OwnLine> TakeUnsent()
    {
        OwnLine[] unsent = [.. _lines.Where(static line => line.State != OwnState.Sent)];
        _lines.RemoveAll(static line => line.State != OwnState.Sent);
        return unsent;
    }
}
