using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>Shows the server's answers to questions, and what is no event of a room.</summary>
internal sealed class ServerAnswers(ChatSession session, Func<string, string, string> explain)
{
    /// <summary>Rooms that completion knows from the last list: 500, as many as the server lists.</summary>
    public const int MaxRooms = 500;

    // For each request of members whether the user wants to see the answer. Answers come in the order of the requests.
    private readonly Queue<bool> _members = [];
    private readonly List<string> _nicks = [];
    private readonly RunOutput _run = new(session);

    // Requests for topics that the user waits for. The server describes rooms unasked too.
    private int _topics;
    private readonly List<string> _rooms = [];

    // Of a past that the user asked for: the number of the last event, how many came, and whether there are more.
    private (long Last, int Count, bool HasMore) _past;

    /// <summary>The rooms of the last list.</summary>
    public IReadOnlyList<string> Rooms => _rooms;

    /// <summary>Why the server refused something, in words for the user of this client.</summary>
    public string Explain(JsonElement error) => explain(error.Text("code"), error.Text("message"));

    /// <summary>The connection broke: no answer comes any more.</summary>
    public void Broke()
    {
        _members.Clear();
        _nicks.Clear();
        _topics = 0;
        _past = default;
        _run.Finish();
    }

    /// <summary>Asks for the members of a room without showing them.</summary>
    public void AskMembers(ChatView view) => AskMembers(view.Name, isShown: false);

    /// <summary>Asks for the members of a room.</summary>
    public void AskMembers(string room, bool isShown)
    {
        _members.Enqueue(isShown);
        session.Requests.Ask(new Request("who", ("room", room)), answer =>
        {
            if (answer.Text("type") == "error" && _members.TryDequeue(out var wanted) && wanted)
            {
                session.Complain(answer);
            }
        });
    }

    /// <summary>Asks for the topic of a room.</summary>
    public void AskTopic(string room)
    {
        _topics++;
        session.Requests.Ask(new Request("topic", ("room", room)), answer =>
        {
            _topics--;
            session.Complain(answer);
        });
    }

    /// <summary>Asks for events of a room's past, and again for the rest of them if the server's answer has no room for all.</summary>
    public void AskPast(string room, long after, int count)
    {
        var request = new Request("history", ("room", room), ("after", after), ("limit", (long)count));
        session.Requests.Ask(request, answer =>
        {
            session.Complain(answer);
            var came = _past;
            _past = default;
            if (came is { HasMore: true, Count: > 0 } && came.Count < count)
            {
                AskPast(room, came.Last, count - came.Count);
            }
        });
    }

    public void Receive(string type, JsonElement frame)
    {
        switch (type)
        {
            case "msg":
                Message(frame);
                break;
            case "away":
                session.Note($"{frame.Text("nick")} is away: {frame.Text("reason")}");
                break;
            case "back":
                session.Note($"{frame.Text("nick")} is back");
                break;
            case "invited":
                Invited(frame);
                break;
            case "room" when _topics > 0:
                session.Note(frame.Text("topic") is { Length: > 0 } topic ? $"topic of {frame.Text("room")}: {topic}"
                    : $"{frame.Text("room")} has no topic");
                break;
            case "modes":
                session.Note($"modes of {frame.Text("room")}: {frame.Text("modes")}");
                break;
            case "masks":
                var masks = frame.Items("masks").Select(static one => $"{one.Text("mask")} (by {one.Text("by")})").ToArray();
                session.Note($"+{frame.Text("list")} of {frame.Text("room")}: {(masks.Length > 0 ? string.Join(", ", masks) : "none")}");
                break;
            case "history":
                Past(frame);
                break;
            case "rooms":
                Listed(frame);
                break;
            case "who":
                Members(frame);
                break;
            case "oper":
                session.Note("you are a server operator");
                break;
            case "wallops":
                session.Note($"to all operators, from {frame.Text("from")}: {frame.Text("text")}");
                break;
            case "output" or "ran" or "programs":
                _run.Receive(type, frame);
                break;
            case "error":
                session.Complain(frame);
                break;
            default:
                session.Transfers.Receive(type, frame);
                break;
        }
    }

    private void Message(JsonElement frame)
    {
        var (from, to) = (frame.Text("from"), frame.Text("to"));
        var line = new ChatLine(LineKind.Said, frame.Time(session.Now), from, frame.Text("text"));
        if (to.TrimStart('@', '+').StartsWith('#'))
        {
            var room = session.Find(to.TrimStart('@', '+')) ?? session.Current;
            session.Show(room, line with { Text = $"(to {to}) {line.Text}" });
        }
        else if (!session.Nicks.IsMe(from))
        {
            session.Show(session.Add(from), line with { IsMention = true });
        }
    }

    private void Past(JsonElement frame)
    {
        var view = session.Find(frame.Text("room")) ?? session.Current;
        foreach (var past in frame.Items("events").Select(item => RoomEvent.Read(item, 0, session.Now)))
        {
            session.Show(view, ChatLine.Of(past, isOwn: false, isMention: false) with { IsPast = true }, isRead: true);
            (_past.Last, _past.Count) = (past.Seq, _past.Count + 1);
        }

        _past.HasMore = frame.Flag("more");
    }

    private void Invited(JsonElement frame)
    {
        var (from, nick, room) = (frame.Text("from"), frame.Text("nick"), frame.Text("room"));
        session.Note(session.Nicks.IsMe(nick) ? $"{from} invites you to {room}: /join {room}" : $"{from} invited {nick} to {room}");
    }

    private void Listed(JsonElement frame)
    {
        foreach (var room in frame.Items("rooms"))
        {
            session.Note($"{room.Text("room")} ({room.Number("members")})");
            if (_rooms.Count < MaxRooms && !_rooms.Contains(room.Text("room")))
            {
                _rooms.Add(room.Text("room"));
            }
        }

        if (!frame.Flag("more"))
        {
            session.Note($"rooms: {frame.Number("total")}");
        }
    }

    // Members come in parts, and one member may be in two of them.
    private void Members(JsonElement frame)
    {
        var (operators, voiced) = (frame.Texts("operators").ToHashSet(), frame.Texts("voiced").ToHashSet());
        var nicks = frame.Texts("members").ToArray();
        if (_members.TryPeek(out var isShown) && isShown)
        {
            var ranked = nicks.Select(nick => (operators.Contains(nick) ? "@" : voiced.Contains(nick) ? "+" : "") + nick);
            session.Note($"in {frame.Text("room")}: {string.Join(' ', ranked)}");
        }

        _nicks.AddRange(nicks);
        if (frame.Flag("more"))
        {
            return;
        }

        _members.TryDequeue(out _);
        session.Find(frame.Text("room"))?.SetMembers(_nicks);
        _nicks.Clear();
    }
}
