using MuxChat.Terminal.Session;

namespace MuxChat.UnitTests.Terminal;

/// <summary>The way into a room, where the server has less of its past than the client asks for.</summary>
public sealed class ArrivalTests : SessionPlay
{
    private const string Nothing = """{"type":"history","room":"#tea","events":[],"more":false}""";

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

    // The answer to the last request to resume: the server no longer has the last event that the client knows.
    private void ReturnToGap(long epoch, long entered) => Receive(
        $$"""{"type":"gap","room":"#tea","after":1,"epoch":{{epoch}},"first":{{entered}},"last":{{entered - 1}}}""",
        $$"""{"type":"joined","room":"#tea","seq":{{entered}},"nick":"{{Session.Nick}}"}""",
        $$"""{"type":"room","room":"#tea","topic":"","members":1,"seq":{{entered}},"epoch":{{epoch}}}""",
        $$"""{"type":"ok","id":"{{LastId("resume")}}","seq":{{entered}}}""");
}
