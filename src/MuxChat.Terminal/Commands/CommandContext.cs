using System.Text.Json;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Commands;

/// <summary>The session that a command works on.</summary>
/// <param name="session">The session with the server.</param>
/// <param name="quit">Ends the client, with a last word or null.</param>
internal sealed class CommandContext(ChatSession session, Action<string?> quit)
{
    public ChatSession Session { get; } = session;

    public ChatView View => Session.Current;

    /// <summary>Whether the server can be asked something. If not, the user is shown that.</summary>
    public bool IsConnected
    {
        get
        {
            if (Session.Phase != SessionPhase.Ready)
            {
                Session.Mistake("there is no connection: texts wait for one, but commands do not");
            }

            return Session.Phase == SessionPhase.Ready;
        }
    }

    public void Quit(string? reason) => quit(reason);

    /// <summary>Sends a request. Its error is shown; <paramref name="done"/> is shown if it succeeds.</summary>
    public void Ask(Request request, string? done = null) => Ask(request, answer =>
    {
        Session.Complain(answer);
        if (done is not null && answer.Text("type") == "ok")
        {
            Session.Note(done);
        }
    });

    /// <summary>Sends a request, or says that there is no connection.</summary>
    public void Ask(Request request, Action<JsonElement> answered)
    {
        if (IsConnected)
        {
            Session.Requests.Ask(request, answered);
        }
    }

    /// <summary>Says a text in a view, or why it cannot be said.</summary>
    public void Say(ChatView view, string text, bool isAction = false)
    {
        var tooMany = System.Text.Encoding.UTF8.GetByteCount(text) - Session.TextBytes;
        if (view.IsServer)
        {
            Session.Mistake("this view shows the server: turn to a room with Alt-2 or /room NAME, or enter one with /join ROOM");
        }
        else if (Session.TextBytes > 0 && tooMany > 0)
        {
            Session.Lines.Refuse(view, text, $"it is {tooMany} bytes too long, a text has at most {Session.TextBytes}");
        }
        else if (!Session.Lines.Say(view, text, isAction))
        {
            Session.Lines.Refuse(view, text, $"{LineSender.MaxLines} lines wait for the server already");
        }
    }
}
