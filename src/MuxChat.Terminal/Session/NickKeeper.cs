using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>The client's nick: takes the wanted one, and takes it back after a break.</summary>
/// <remarks>
/// A nick has one owner. If the client gets its nick back, its broken connection is gone from the server, and nothing that it carried is
/// still to be carried out. So a nick and lines are never on their way together: else the broken connection might have either nick.
/// </remarks>
internal sealed class NickKeeper(ChatSession session)
{
    /// <summary>The pause between two attempts to get a nick back: 1 s, and 5 s after the first 10.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const int QuickTries = 10;
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(5);

    // The nicks of broken connections that may still carry lines.
    private readonly List<string> _broken = [];
    private string _wanted = "";
    private string? _next;
    private bool _isAsking;
    private int _tries;
    private DateTimeOffset? _retry;

    /// <summary>The nick that the server knows the client by.</summary>
    public string Current { get; private set; } = "";

    /// <summary>Why the server refused the wanted nick last; empty if it did not.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Whether the server can no longer carry out anything that a broken connection carried.</summary>
    public bool IsOldGone => _broken.Count == 0;

    /// <summary>Whether a nick is asked for, or is about to be: lines wait for the answer.</summary>
    public bool IsChanging => _isAsking || _next is not null;

    public bool IsMe(string nick) => Names.AreSame(nick, Current);

    /// <summary>The server gave the client a nick: asks for a better one.</summary>
    public void Welcomed(string nick, string? wanted)
    {
        Current = nick;
        (_tries, _retry, _isAsking, _next) = (0, null, false, null);
        _wanted = _wanted.Length > 0 ? _wanted : wanted ?? "";
        AskAgain();
    }

    /// <summary>The user wants another nick. It is asked for when the lines on their way are acknowledged.</summary>
    public void Change(string nick)
    {
        _next = nick;
        Advance();
    }

    /// <summary>Asks for the nick that the user wants, if no line is on its way.</summary>
    public void Advance()
    {
        if (_next is { } nick && !_isAsking && session.Phase == SessionPhase.Ready && !session.Lines.IsAnySent)
        {
            _next = null;
            Request(nick, answer =>
            {
                session.Complain(answer);
                if (answer.Text("type") == "ok")
                {
                    _wanted = nick;
                    Got(nick);
                }
            });
        }
    }

    /// <summary>The connection broke.</summary>
    /// <param name="mayCarry">Whether the server may still carry out lines that it carried.</param>
    public void Broke(bool mayCarry)
    {
        _wanted = _wanted.Length > 0 ? _wanted : Current;
        (_retry, _next, _isAsking) = (null, null, false);
        if (mayCarry && !_broken.Exists(IsMe))
        {
            _broken.Add(Current);
        }
    }

    /// <summary>An event happened now.</summary>
    public void Notice(RoomEvent happened)
    {
        if (happened.Type == "renamed" && IsMe(happened.Actor))
        {
            Current = happened.Target;
        }
    }

    /// <summary>A person quit: perhaps a broken connection, which then carries out nothing more.</summary>
    public void NoticeQuit(RoomEvent happened)
    {
        if (happened.Type == "quit" && !IsMe(happened.Actor))
        {
            _retry = _retry is null ? null : session.Now;
            Gone(happened.Actor);
        }
    }

    /// <summary>Asks again for a nick that was taken, when it is time.</summary>
    public void Tick()
    {
        if (_retry <= session.Now)
        {
            _retry = null;
            AskAgain();
        }
    }

    // Broken connections first: the lines depend on them.
    private void AskAgain()
    {
        var nick = _broken.Count > 0 ? _broken[0] : _wanted;
        if (nick.Length > 0 && !IsMe(nick) && !IsChanging && !session.Lines.IsAnySent)
        {
            Request(nick, answer => Answered(nick, answer));
        }
        else if (nick.Length > 0 && !IsMe(nick))
        {
            _retry = session.Now + Pause;
        }
    }

    private void Request(string nick, Action<JsonElement> answered)
    {
        _isAsking = true;
        session.Requests.Ask(new Request("nick", ("nick", nick)), answer =>
        {
            _isAsking = false;
            answered(answer);
            Advance();
            session.Lines.SendAll();
        });
    }

    private void Answered(string nick, JsonElement answer)
    {
        if (answer.Text("type") == "ok")
        {
            Got(nick);
            return;
        }

        Problem = session.Answers.Explain(answer);
        if (answer.Text("code") != "nick_taken")
        {
            session.Complain(answer);
            return;
        }

        if (_tries++ == 0)
        {
            session.Note($"you are {Current} for now, because {nick} is taken: this client asks for it again");
        }

        _retry = session.Now + (_tries <= QuickTries ? Pause : LongPause);
    }

    private void Got(string nick)
    {
        (Current, Problem, _retry) = (nick, "", null);
        Gone(nick);
        AskAgain();
    }

    private void Gone(string nick)
    {
        if (_broken.RemoveAll(broken => Names.AreSame(broken, nick)) > 0 && IsOldGone)
        {
            session.Settle();
        }
    }
}
