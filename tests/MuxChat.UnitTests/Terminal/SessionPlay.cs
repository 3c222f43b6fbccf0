using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using MuxChat.Terminal.Session;
using MuxChat.Terminal.Talking;

namespace MuxChat.UnitTests.Terminal;

/// <summary>A session that wants to be alice in #tea, played frame by frame.</summary>
public abstract class SessionPlay
{
    private protected SessionPlay() => Session = new ChatSession(
        new SessionOptions { Rooms = ["#tea"], Nick = "alice" }, Show, Time);

    private protected FakeTimeProvider Time { get; } = Clocks.Create();

    private protected List<string> Sent { get; } = [];

    private protected List<ChatLine> Shown { get; } = [];

    private protected ChatSession Session { get; }

    /// <summary>Gets each line as well, if there is one.</summary>
    private protected ITalkFront? Front { get; set; }

    private protected ChatView Tea => Session.Find("#tea")!;

    private protected void Open()
    {
        Session.Opened(request => Sent.Add(System.Text.Encoding.UTF8.GetString(request)));
        Receive("""{"type":"welcome","nick":"guest-1","room":"#lobby","server":"MuxChat","text_bytes":4096}""");
    }

    // Requests 1 to 3 are nick, join and who.
    private protected void Enter(long epoch, long seq)
    {
        Open();
        Receive("""{"type":"ok","id":"1"}""", $$"""{"type":"joined","room":"#tea","seq":{{seq}},"nick":"alice"}""",
            $$"""{"type":"room","room":"#tea","topic":"","members":1,"seq":{{seq}},"epoch":{{epoch}}}""", """{"type":"ok","id":"2"}""",
            """{"type":"ok","id":"3"}""");
    }

    // The answer to the last request to resume: nothing was missed.
    private protected void Return(long epoch, long after)
    {
        var id = LastId("resume");
        Receive("""{"type":"history","room":"#tea","events":[],"more":false}""",
            $$"""{"type":"joined","room":"#tea","seq":{{after + 1}},"nick":"guest-1"}""",
            $$"""{"type":"room","room":"#tea","topic":"","members":1,"seq":{{after + 1}},"epoch":{{epoch}}}""",
            $$"""{"type":"ok","id":"{{id}}"}""");
    }

    private protected string LastId(string type = "") => JsonElement.Parse(
        Sent.FindLast(request => request.Contains(type, StringComparison.Ordinal)) ?? """{"id":"6"}""").Text("id");

    private protected void Receive(params string[] frames)
    {
        foreach (var frame in frames)
        {
            Session.Receive(JsonElement.Parse(frame));
        }
    }

    private void Show(ChatView view, ChatLine line)
    {
        Shown.Add(line);
        Front?.Shown(view, line);
    }
}
