namespace MuxChat.Terminal.Session;

/// <summary>One view of the user: a room, private messages with one person, or the server.</summary>
/// <param name="name">The room or the nick; empty for the server.</param>
internal sealed class ChatView(string name)
{
    /// <summary>Lines that a view keeps: 5,000. The oldest is forgotten.</summary>
    public const int MaxLines = 5000;

    /// <summary>Speakers that completion offers first: the last 100.</summary>
    public const int MaxSpeakers = 100;

    private readonly List<ChatLine> _lines = [];
    private readonly Dictionary<string, string> _members = [];
    private readonly List<string> _speakers = [];

    /// <summary>The name. A private view follows the nick of the other person.</summary>
    public string Name { get; set; } = name;

    public bool IsServer => Name.Length == 0;

    public bool IsRoom => Name.StartsWith('#');

    /// <summary>The view in which /msg opened this private view with a text; null if the view was opened otherwise.</summary>
    public ChatView? OpenedFrom { get; set; }

    public string Topic { get; set; } = "";

    /// <summary>The key with which the client entered; null for none.</summary>
    public string? Key { get; set; }

    /// <summary>Whether the client is in the room, and all that came before is shown.</summary>
    public bool IsJoined { get; set; }

    /// <summary>The way into the room, while it lasts.</summary>
    public Arrival? Arrival { get; set; }

    /// <summary>Whether the user did not want the room any more: a new connection does not enter it.</summary>
    public bool IsLeft { get; set; }

    public RoomSequence Sequence { get; } = new();

    public OwnLines Own { get; } = new();

    public IReadOnlyList<ChatLine> Lines => _lines;

    /// <summary>How many lines were ever added: an index that stays when old lines are forgotten.</summary>
    public long Added { get; private set; }

    public int Unread { get; private set; }

    public int Mentions { get; private set; }

    /// <summary>The nicks of the members; of a private view the other person. The last speakers come first.</summary>
    public IEnumerable<string> Nicks => _speakers.AsEnumerable().Reverse().Where(nick => _members.ContainsKey(Names.Fold(nick)))
        .Concat(_members.Values.Order(StringComparer.Ordinal)).Distinct();

    public int MemberCount => _members.Count;

    /// <summary>Adds a line. It counts as unread unless the user is looking.</summary>
    public void Add(ChatLine line, bool isRead)
    {
        _lines.Add(line);
        Added++;
        if (_lines.Count > MaxLines)
        {
            _lines.RemoveAt(0);
        }

        if (line.Kind is LineKind.Said or LineKind.Acted && !line.IsOwn)
        {
            _speakers.Remove(line.Nick);
            _speakers.Add(line.Nick);
            if (_speakers.Count > MaxSpeakers)
            {
                _speakers.RemoveAt(0);
            }

            if (!isRead)
            {
                Unread++;
                Mentions += line.IsMention ? 1 : 0;
            }
        }
    }

    public void MarkRead() => Unread = Mentions = 0;

    /// <summary>Replaces the members.</summary>
    public void SetMembers(IEnumerable<string> nicks)
    {
        _members.Clear();
        foreach (var nick in nicks)
        {
            _members[Names.Fold(nick)] = nick;
        }
    }

    /// <summary>Applies an event to the members and the topic.</summary>
    public void Apply(RoomEvent happened)
    {
        switch (happened.Type)
        {
            case "joined":
                _members[Names.Fold(happened.Actor)] = happened.Actor;
                break;
            case "renamed" when _members.Remove(Names.Fold(happened.Actor)):
                _members[Names.Fold(happened.Target)] = happened.Target;
                break;
            case "topic":
                Topic = happened.Text;
                break;
            default:
                _members.Remove(Names.Fold(happened.Gone));
                break;
        }
    }
}
