using System.Text.Json;
using MuxChat.Terminal.Transfers;

namespace MuxChat.Terminal.Session;

/// <summary>The client's knowledge of the server: the rooms it is in, its nick, and lines on their way. Pure but for the clock.</summary>
/// <remarks>
/// The caller's loop gives it frames and the end of connections, and calls <see cref="Tick"/>. No connection, terminal or thread is in it.
/// </remarks>
internal sealed class ChatSession
{
    /// <summary>Silence after which the client asks for a sign of life: 60 s.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);

    /// <summary>Silence after which the client gives the connection up: 80 s.</summary>
    public static readonly TimeSpan Dead = TimeSpan.FromSeconds(80);

    // More attempts gain nothing, because the server or the user ended it.
    private static readonly string[] Final = ["you quit", "killed by", "wrong password"];

    private readonly SessionOptions _options;
    private readonly Action<ChatView, ChatLine> _shown;
    private readonly TimeProvider _time;
    private readonly NickKeeper _nicks;
    private readonly RoomArrivals _arrivals;
    private readonly ServerAnswers _answers;
    private readonly List<ChatView> _views = [];
    private bool _isClosing;
    private bool _isPinged;
    private DateTimeOffset _heard;
    private DateTimeOffset _ready;

    /// <summary>Creates a session that has no connection.</summary>
    /// <param name="options">The nick, rooms and password.</param>
    /// <param name="shown">Gets each line of each view, in order.</param>
    /// <param name="time">The clock.</param>
    public ChatSession(SessionOptions options, Action<ChatView, ChatLine> shown, TimeProvider time)
    {
        (_options, _shown, _time) = (options, shown, time);
        _nicks = new NickKeeper(this);
        _arrivals = new RoomArrivals(this, options.Recent);
        _answers = new ServerAnswers(this, options.Explain);
        Lines = new LineSender(this);
        Events = new RoomEvents(this);
        Transfers = new FileTransfers(this);
        Server = new ChatView("");
        Current = Server;
        _views.Add(Server);
        foreach (var room in options.Rooms)
        {
            Add(room);
        }

        Current = _views[Math.Min(1, _views.Count - 1)];
    }

    public SessionPhase Phase { get; private set; } = SessionPhase.Offline;

    /// <summary>Whether the server ever said its welcome: it is a chat server, and lets this client in.</summary>
    public bool WasWelcomed { get; private set; }

    public string Nick => _nicks.Current;

    public NickKeeper Nicks => _nicks;

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>The most bytes of a text; 0 before the server said it.</summary>
    public int TextBytes { get; private set; }

    /// <summary>Why no new connection can help; null if one can.</summary>
    public string? Fatal { get; private set; }

    /// <summary>The last error that ended no request: it may be why the connection ends.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Whether the server was silent for so long that the connection must be dead.</summary>
    public bool IsDead { get; set; }

    /// <summary>The server's view first, then rooms and private views in the order they were opened.</summary>
    public IReadOnlyList<ChatView> Views => _views;

    public ChatView Server { get; }

    /// <summary>The view that the user looks at.</summary>
    public ChatView Current { get; private set; }

    public ServerRequests Requests { get; } = new();

    public LineSender Lines { get; }

    public RoomArrivals Arrivals => _arrivals;

    public ServerAnswers Answers => _answers;

    public RoomEvents Events { get; }

    public FileTransfers Transfers { get; }

    /// <summary>Does slow work on another thread, and then in the caller's loop what that returned.</summary>
    public Action<Func<Action>> Work => _options.Work;

    /// <summary>Whether every wanted room was entered or refused.</summary>
    public bool IsSettled => Phase == SessionPhase.Ready && _views.TrueForAll(static view => view.Arrival is null);

    /// <summary>The first frame of each connection: an <c>auto</c> listener knows the client's protocol by it.</summary>
    public byte[] FirstFrame => _options.Password is { } password
        ? new Request("pass", ("password", password)).ToJson()
        : new Request("ping", ("token", "hello")).ToJson();

    public void Opened(Action<byte[]> send)
    {
        Requests.Open(send);
        (Phase, Problem, IsDead, _isClosing, _isPinged, _heard) = (SessionPhase.Greeting, "", false, false, false, Now);
    }

    public void Closed()
    {
        var wasReady = Phase == SessionPhase.Ready;
        Phase = SessionPhase.Offline;
        Requests.Close();
        Lines.Broke();
        _answers.Broke();
        Transfers.Broke();
        if (wasReady)
        {
            _nicks.Broke(mayCarry: !_isClosing && Lines.HasUnsure);
        }

        _views.ForEach(RoomArrivals.Broke);
    }

    /// <summary>Does what is due by the clock.</summary>
    public void Tick()
    {
        if (Phase == SessionPhase.Offline)
        {
            return;
        }

        var silence = Now - _heard;
        IsDead |= silence >= Dead;
        if (silence >= Quiet && !_isPinged)
        {
            _isPinged = true;
            Requests.Tell(new Request("ping", ("token", "talk")));
        }

        if (Phase == SessionPhase.Ready)
        {
            _nicks.Tick();
            if (Now - _ready >= LineSender.UnsureTime)
            {
                Lines.GiveUp();
            }
        }
    }

    /// <summary>Takes a frame of the server.</summary>
    public void Receive(JsonElement frame)
    {
        (_heard, _isPinged) = (Now, false);
        var type = frame.Text("type");
        if (type is "ok" or "error" && frame.Has("id") && Requests.Answer(frame))
        {
            return;
        }

        if (type == "renamed" || (type != "room" && frame.Has("seq") && frame.Has("room")))
        {
            Events.Take(frame);
            return;
        }

        switch (type)
        {
            case "welcome":
                Welcomed(frame);
                break;
            case "":
                // Such as the answers of an exec listener, whose headers look like frames.
                (Problem, IsDead) = ("that is no chat server: its frames have no type", true);
                break;
            case "password" when _options.Password is null:
                Fatal = "the server needs its password: --password or MUXCHAT_PASSWORD";
                break;
            case "ping":
                Requests.Tell(new Request("pong"));
                break;
            case "closing":
                _isClosing = true;
                Problem = frame.Text("reason");
                Fatal ??= Array.Exists(Final, words => Problem.StartsWith(words, StringComparison.Ordinal)) ? Problem : null;
                break;
            case "error" when Phase == SessionPhase.Greeting:
                Problem = _answers.Explain(frame);
                Fatal ??= frame.Text("code") == "bad_password" ? Problem : null;
                break;
            case "room" when Find(frame.Text("room")) is { Arrival: { } arrival } view:
                (view.Topic, view.Name) = (frame.Text("topic"), frame.Text("room"));
                _arrivals.Described(view, arrival, frame);
                break;
            case "history" when Find(frame.Text("room"))?.Arrival is { } arrival:
                arrival.AddPast(frame, Now);
                break;
            case "gap" when Find(frame.Text("room"))?.Arrival is { } arrival:
                arrival.HasGap = true;
                break;
            default:
                _answers.Receive(type, frame);
                break;
        }
    }

    /// <summary>Returns the view of a room or a nick; null if there is none.</summary>
    public ChatView? Find(string name) => _views.Find(view => Names.AreSame(view.Name, name));

    /// <summary>Returns the view of a room or a nick, which is made if there is none.</summary>
    public ChatView Add(string name)
    {
        if (Find(name) is { } known)
        {
            return known;
        }

        var view = new ChatView(name);
        _views.Add(view);
        return view;
    }

    /// <summary>Turns to a view.</summary>
    public void Look(ChatView view)
    {
        Current = view;
        view.MarkRead();
    }

    /// <summary>Closes a view. Lines that wait in it are given up, and those on their way are still counted.</summary>
    public void Remove(ChatView view)
    {
        Lines.Fail(Server, view.Own.TakeUnsent(), $"{view.Name} was closed");
        Lines.Closed(view);
        var at = _views.IndexOf(view);
        _views.Remove(view);
        if (Current == view)
        {
            Look(_views[Math.Min(at, _views.Count - 1)]);
        }
    }

    /// <summary>Leaves a room, or closes a private view.</summary>
    public void Part(ChatView view, string? reason)
    {
        if (view.IsRoom && (view.IsJoined || view.Arrival is not null))
        {
            Requests.Tell(new Request("part", ("room", view.Name), ("reason", reason)));
        }

        Remove(view);
    }

    public void Show(ChatView view, ChatLine line, bool isRead = false)
    {
        view.Add(line, isRead || view == Current);
        _shown(view, line);
    }

    /// <summary>Shows a remark in the view that the user looks at.</summary>
    public void Note(string text) => Show(Current, new ChatLine(LineKind.Note, Now, "", text));

    public void Mistake(string text) => Show(Current, new ChatLine(LineKind.Error, Now, "", text));

    /// <summary>Shows what the server refused.</summary>
    public void Complain(JsonElement answer)
    {
        if (answer.Text("type") == "error")
        {
            Mistake(_answers.Explain(answer));
        }
    }

    /// <summary>The broken connection is gone from the server: what was not said is sent again.</summary>
    public void Settle()
    {
        foreach (var view in _views.Where(static view => view.IsJoined).ToArray())
        {
            Lines.Settle(view);
        }
    }

    private void Welcomed(JsonElement frame)
    {
        (Phase, _ready) = (SessionPhase.Ready, Now);
        TextBytes = (int)frame.Number("text_bytes");
        var lobby = frame.Text("room");
        if (!WasWelcomed && _options.Rooms.Count == 0)
        {
            Look(Add(lobby));
        }

        if (!WasWelcomed && frame.Has("motd"))
        {
            Show(Server, new ChatLine(LineKind.Note, Now, "", frame.Text("motd").TrimEnd().ReplaceLineEndings(" / ")));
        }

        var first = Find(lobby);
        if (first is null or { IsLeft: true })
        {
            Requests.Tell(new Request("part", ("room", lobby)));
            first = null;
        }
        else
        {
            RoomArrivals.Expect(first);
        }

        _nicks.Welcomed(frame.Text("nick"), _options.Nick);
        foreach (var view in _views.Where(static view => view is { IsRoom: true, IsLeft: false }).ToArray())
        {
            if (view != first || view.Arrival!.IsReturn)
            {
                _arrivals.Enter(view, null);
            }
        }

        WasWelcomed = true;
        Lines.SendAll();
    }
}
