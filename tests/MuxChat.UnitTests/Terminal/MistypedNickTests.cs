using MuxChat.Terminal.Commands;

namespace MuxChat.UnitTests.Terminal;

/// <summary>Texts to a person who is not here: no view stays open for them, and nothing that was meant for them goes elsewhere.</summary>
public sealed class MistypedNickTests : SessionPlay
{
    private const string NotAcknowledged = "not acknowledged: hi (no such nick: nobody)";

    [Fact]
    public void View_is_closed_again_and_the_error_is_where_the_text_was_typed()
    {
        Begin(mayClose: true, "/msg nobody hi");
        Refuse("4");
        Assert.Null(Session.Find("nobody"));
        Assert.Equal("#tea", Session.Current.Name);
        Assert.Equal(NotAcknowledged, Tea.Lines[^1].Text);
    }

    [Fact]
    public void View_that_the_user_has_left_is_closed_without_turning()
    {
        Begin(mayClose: true, "/msg nobody hi");
        Session.Look(Session.Server);
        Refuse("4");
        Assert.Null(Session.Find("nobody"));
        Assert.Equal(Session.Server, Session.Current);
        Assert.Equal(NotAcknowledged, Tea.Lines[^1].Text);
    }

    [Theory]
    [InlineData(false, "/msg nobody hi")]
    [InlineData(true, "/msg nobody", "hi")]
    public void View_stays_where_more_may_follow_or_the_user_asked_for_it(bool mayClose, params string[] lines)
    {
        Begin(mayClose, lines);
        Refuse("4");
        Assert.Equal("nobody", Session.Current.Name);
        Assert.Equal(NotAcknowledged, Session.Current.Lines[^1].Text);
    }

    [Fact]
    public void View_with_a_past_stays_when_the_person_is_gone()
    {
        Begin(mayClose: true, "/msg nobody hi");
        Receive("""{"type":"ok","id":"4"}""");
        Session.Look(Tea);
        CommandTable.Run(Context(), "/msg nobody hi");
        Refuse("5");
        Assert.Equal(["hi", NotAcknowledged], Session.Find("nobody")!.Lines.Select(static line => line.Text));
    }

    [Fact]
    public void Other_error_keeps_the_view()
    {
        Begin(mayClose: true, "/msg nobody hi");
        Receive("""{"type":"error","id":"4","code":"too_long","message":"too long"}""");
        Assert.Equal("nobody", Session.Current.Name);
    }

    private void Begin(bool mayClose, params string[] lines)
    {
        Session.Lines.MayClose = _ => mayClose;
        Enter(epoch: 7, seq: 1);
        Array.ForEach(lines, line => CommandTable.Run(Context(), line));
    }

    private void Refuse(string id) =>
        Receive($$"""{"type":"error","id":"{{id}}","code":"unknown_nick","message":"no such nick: nobody"}""");

    private CommandContext Context() => new(Session, static _ => { });
}
