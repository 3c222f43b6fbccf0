using MuxChat.Simulation.Past;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// What an IRC client believes of a room it is in: who else is, what the topic is, and what it is still to be
/// shown of what was said before.
/// </summary>
internal sealed class IrcRoom(string name, IEnumerable<string> members, string topic, RoomMemory memory)
{
    public string Name => name;

    public HashSet<string> Members { get; } = new(members, StringComparer.Ordinal);

    public string Topic { get; private set; } = topic;

    /// <summary>Whether it was set since this client entered.</summary>
    public bool IsTopicNew { get; private set; }

    public RoomMemory Memory => memory;

    /// <summary>What was said before it entered and is to be shown, oldest first.</summary>
    public Queue<LoggedEvent> Due { get; } = new();

    /// <summary>A list of members that is being given; null when none is.</summary>
    public Roster? Roster { get; set; }

    public void SetTopic(string text)
    {
        Topic = text;
        IsTopicNew = true;
    }

    /// <summary>Those who came since the last answer: a list that was begun then, and is not seen yet, need not have them.</summary>
    public HashSet<string> Fresh { get; } = new(StringComparer.Ordinal);

    public void Join(string nick)
    {
        Members.Add(nick);
        Fresh.Add(nick);
    }

    public void Leave(string nick)
    {
        Members.Remove(nick);
        Fresh.Remove(nick);
        Roster?.Left(nick);
    }

    public void Rename(string nick, string newNick)
    {
        if (Members.Remove(nick))
        {
            Members.Add(newNick);
            if (Fresh.Remove(nick))
            {
                Fresh.Add(newNick);
            }

            Roster?.Renamed(nick, newNick);
        }
    }
}
