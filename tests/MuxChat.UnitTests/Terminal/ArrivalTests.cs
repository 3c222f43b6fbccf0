using MuxChat.Terminal.Session;

namespace MuxChat.UnitTests.Terminal;

/// <summary>The way into a room, where the server has less of its past than the client asks for.</summary>
public sealed class ArrivalTests : SessionPlay
{
    private const string Nothing = """{"type":"history","room":"#tea","events":[],"more":false}""";

    [Theory]
    [InlineData("ok")]
    [InlineData("error")]
    public void Return_to_a_room_without_a_past_looks_back_once(string answer)
    {
        Enter(epoch: 7, seq: 1);
        Session.Closed();
        Open();
        ReturnToGap(epoch: 7, entered: 6);
        Sent.Clear();
        Receive(Nothing, $$"""{"type":"{{answer}}","id":"6","message":"you are not in #tea"}""");
        Assert.DoesNotContain(Sent, static request => request.Contains("history", StringComparison.Ordinal));
        Assert.True(Tea.IsJoined);
        Assert.Contains(Shown, static line => line.Kind == LineKind.Gap);
    }

    // The nick is back, so the old connection is gone: but the room forgot what that said last.
    [Theory]
    [InlineData(7, 5, false)]
    [InlineData(8, 5, false)]
    [InlineData(8, 1, true)]
    public void Line_of_unsure_fate_is_sent_again_only_if_the_past_begins_with_what_is_known_or_with_the_room(
        long epoch, long first, bool isSentAgain)
    {
        Enter(epoch: 7, seq: 1);
        Session.Lines.Say(Tea, "perhaps", isAction: false);
        Session.Closed();
        Open();
        Receive("""{"type":"ok","id":"5"}""");
        Sent.Clear();
        ReturnToGap(epoch, entered: 6);
        Receive($$"""
            {"type":"history","room":"#tea","events":[{"type":"said","epoch":{{epoch}},"seq":{{first}},"from":"bob","text":"later"}],
            "more":false}
            """, $$"""{"type":"ok","id":"{{LastId("history")}}"}""");
        Assert.Equal(isSentAgain, Sent.Exists(static request => request.Contains("perhaps", StringComparison.Ordinal)));
        Assert.Equal(isSentAgain ? (1, 0) : (0, 1), (Session.Lines.Pending, Session.Lines.Failed));
    }

    [Fact]
    public void Recent_events_that_take_more_than_one_answer_are_all_shown()
    {
        var session = new ChatSession(new SessionOptions { Rooms = ["#tea"], Recent = 3 }, (_, line) => Shown.Add(line), Time);
        Enter(session, entered: 10);
        Receive(session, Past(more: true, 7, 8), """{"type":"ok","id":"2"}""");
        Assert.Equal("""{"type":"history","room":"#tea","after":8,"id":"3"}""", Sent[^1]);
        Receive(session, Past(more: true, 9), """{"type":"ok","id":"3"}""");
        Assert.Equal(["line 7", "line 8", "line 9", "guest-1 joined"], Shown.Select(static line => line.Text));
    }

    private static string Past(bool more, params int[] numbers)
    {
        var events = numbers.Select(static seq => $$"""{"type":"said","epoch":7,"seq":{{seq}},"from":"bob","text":"line {{seq}}"}""");
        return $$"""{"type":"history","room":"#tea","events":[{{string.Join(',', events)}}],"more":{{(more ? "true" : "false")}}}""";
    }

    private void Enter(ChatSession session, int entered)
    {
        session.Opened(request => Sent.Add(System.Text.Encoding.UTF8.GetString(request)));
        Receive(session, """{"type":"welcome","nick":"guest-1","room":"#lobby","server":"MuxChat","text_bytes":4096}""",
            $$"""{"type":"joined","room":"#tea","seq":{{entered}},"nick":"guest-1"}""",
            $$"""{"type":"room","room":"#tea","topic":"","members":1,"seq":{{entered}},"epoch":7}""", """{"type":"ok","id":"1"}""");
    }

    private static void Receive(ChatSession session, params string[] frames) =>
        Array.ForEach(frames, frame => session.Receive(System.Text.Json.JsonElement.Parse(frame)));

    // The answer to the last request to resume: the server no longer has the last event that the client knows.
    private void ReturnToGap(long epoch, long entered) => Receive(
        $$"""{"type":"gap","room":"#tea","after":1,"epoch":{{epoch}},"first":{{entered}},"last":{{entered - 1}}}""",
        $$"""{"type":"joined","room":"#tea","seq":{{entered}},"nick":"{{Session.Nick}}"}""",
        $$"""{"type":"room","room":"#tea","topic":"","members":1,"seq":{{entered}},"epoch":{{epoch}}}""",
        $$"""{"type":"ok","id":"{{LastId("resume")}}","seq":{{entered}}}""");
}
