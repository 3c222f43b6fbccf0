using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>Sends the user's lines, and learns from the answers and from the rooms' past which were said.</summary>
internal sealed class LineSender(ChatSession session)
{
    /// <summary>Lines that are sent and not acknowledged: 16. The others wait here.</summary>
    public const int Window = 16;

    /// <summary>Lines that wait in all views: 1,000. One more is refused.</summary>
    public const int MaxLines = 1000;

    /// <summary>
    /// The time after the return in which a line of unsure fate may still be found: 75 s. A server works for at most 60 s on what a broken
    /// connection had sent.
    /// </summary>
    public static readonly TimeSpan UnsureTime = TimeSpan.FromSeconds(75);

    private const int MaxShown = 200;

    // Views that the user has closed while lines of theirs are on their way.
    private readonly List<ChatView> _closed = [];

    /// <summary>
    /// Whether the client may close a view that the user did not close. By default it may not: the next lines of a pipe belong to it.
    /// </summary>
    public Func<ChatView, bool> MayClose { get; set; } = static _ => false;

    /// <summary>All views with lines that are not acknowledged yet, and others.</summary>
    public IEnumerable<ChatView> Views => session.Views.Concat(_closed);

    /// <summary>How many lines were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>How many lines were refused, or have a fate that cannot be known.</summary>
    public int Failed { get; private set; }

    /// <summary>Whether a line is on its way.</summary>
    public bool IsAnySent => Sent > 0;

    /// <summary>Whether the fate of a line is unsure.</summary>
    public bool HasUnsure => session.Views.Any(static view => view.Own.HasUnsure);

    /// <summary>How many lines are not acknowledged yet.</summary>
    public int Pending => Views.Sum(static view => view.Own.All.Count);

    private int Sent => Views.Sum(static view => view.Own.Sent);

    /// <summary>Takes a line of the user's; false if too many wait.</summary>
    public bool Say(ChatView view, string text, bool isAction)
    {
        if (Pending >= MaxLines)
        {
            return false;
        }

        view.Own.Add(new OwnLine(text, isAction, session.Now));
        SendAll();
        return true;
    }

    /// <summary>Sends what may be sent now.</summary>
    public void SendAll()
    {
        if (session.Phase != SessionPhase.Ready || session.Nicks.IsChanging)
        {
            return;
        }

        foreach (var view in session.Views.ToArray())
        {
            if (view is { IsRoom: true, IsJoined: false, Arrival: null })
            {
                Fail(view, view.Own.TakeUnsent(), $"you are not in {view.Name}");
                continue;
            }

            while (view.Arrival is null && Sent < Window && view.Own.Next is { } line)
            {
                Send(view, line);
            }
        }
    }

    /// <summary>The user has closed a view.</summary>
    public void Closed(ChatView view)
    {
        if (view.Own.Sent > 0)
        {
            _closed.Add(view);
        }
    }

    /// <summary>The connection broke. Lines of private and closed views have no past in which they could be found.</summary>
    public void Broke()
    {
        foreach (var view in Views.ToArray())
        {
            view.Own.Broke();
            var isClosed = _closed.Remove(view);
            if (isClosed || !view.IsRoom)
            {
                Fail(isClosed ? session.Server : view, view.Own.GiveUp(),
                    "the connection broke before the server acknowledged it, so it may have arrived");
            }
        }
    }

    /// <summary>Sends lines of unsure fate again where the room's past shows that they were not said.</summary>
    public void Settle(ChatView view)
    {
        view.Own.Settle();
        SendAll();
    }

    /// <summary>Gives lines up whose fate cannot be known.</summary>
    public void GiveUp()
    {
        foreach (var view in session.Views.Where(static view => view is { Arrival: null, Own.HasUnsure: true }).ToArray())
        {
            Fail(view, view.Own.GiveUp(), "the connection broke, and the server still may say it, so it is not sent again");
        }

        SendAll();
    }

    /// <summary>A line cannot even be tried.</summary>
    public void Refuse(ChatView view, string text, string why) => Fail(view, [new OwnLine(text, isAction: false, session.Now)], why);

    /// <summary>The room's past acknowledged a line.</summary>
    public void Matched(bool isMatched) => Acknowledged += isMatched ? 1 : 0;

    /// <summary>Tells the user which lines were not said, and why.</summary>
    public void Fail(ChatView view, IEnumerable<OwnLine> lines, string why)
    {
        foreach (var line in lines)
        {
            Failed++;
            var text = line.Text.Length > MaxShown ? line.Text[..MaxShown] + "..." : line.Text;
            session.Show(view, new ChatLine(LineKind.Error, session.Now, "", $"not acknowledged: {text} ({why})"));
        }
    }

    private void Send(ChatView view, OwnLine line)
    {
        line.State = OwnState.Sent;
        line.Nick = session.Nick;
        var request = view.IsRoom
            ? new Request(line.IsAction ? "me" : "say", ("room", view.Name), ("text", line.Text))
            : new Request("msg", ("to", view.Name), ("text", line.Text));
        session.Requests.Ask(request, answer => Answered(view, line, answer));
    }

    private void Answered(ChatView view, OwnLine line, JsonElement answer)
    {
        view.Own.Remove(line);
        _closed.RemoveAll(static closed => closed.Own.Sent == 0);
        var isError = answer.Text("type") == "error";
        var seq = answer.Number("seq");
        if (isError)
        {
            Fail(TypedIn(view, answer), [line], session.Answers.Explain(answer));
        }
        else
        {
            Acknowledged++;
        }

        if (seq > 0)
        {
            var type = line.IsAction ? "acted" : "said";
            var said = new RoomEvent(type, view.Sequence.Epoch, seq, session.Now, session.Nick, "", line.Text);
            session.Events.Happened(view, said with { IsOwn = true });
        }
        else if (!isError)
        {
            session.Show(view, new ChatLine(LineKind.Said, session.Now, session.Nick, line.Text) { IsOwn = true });
        }

        session.Nicks.Advance();
        SendAll();
    }

    // The view in which a refused line was typed. A view that was opened with that line, for a person who is not there, is closed.
    private ChatView TypedIn(ChatView view, JsonElement error)
    {
        if (error.Text("code") != "unknown_nick" || view is not { OpenedFrom: { } from, Lines.Count: 0, Own.All.Count: 0 }
            || !MayClose(view))
        {
            return view;
        }

        from = session.Views.Contains(from) ? from : session.Server;
        if (session.Current == view)
        {
            session.Look(from);
        }

        session.Remove(view);
        return from;
    }
}
