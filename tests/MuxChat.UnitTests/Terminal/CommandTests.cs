using MuxChat.Terminal.Commands;
using MuxChat.Terminal.Session;

namespace MuxChat.UnitTests.Terminal;

/// <summary>Typed lines: the request that each becomes, or the mistake that is shown.</summary>
public sealed class CommandTests : SessionPlay
{
    [Theory]
    [InlineData("/dance", """{"type":"help","command":"dance","id":"4"}""")]
    [InlineData("/topic -", """{"type":"topic","room":"#tea","text":"","id":"4"}""")]
    [InlineData("/topic #lobby tea at four", """{"type":"topic","room":"#lobby","text":"tea at four","id":"4"}""")]
    [InlineData("/kick bob too loud", """{"type":"kick","room":"#tea","nick":"bob","reason":"too loud","id":"4"}""")]
    [InlineData("/mode +o bob", """{"type":"mode","room":"#tea","modes":"+o bob","id":"4"}""")]
    [InlineData("//shrug", """{"type":"say","room":"#tea","text":"/shrug","id":"4"}""")]
    [InlineData("/me waves", """{"type":"me","room":"#tea","text":"waves","id":"4"}""")]
    [InlineData("/msg bob psst", """{"type":"msg","to":"bob","text":"psst","id":"4"}""")]
    [InlineData("/J tee secret", """{"type":"join","room":"#tee","key":"secret","id":"4"}""")]
    [InlineData("/away", """{"type":"away","reason":"away","id":"4"}""")]
    [InlineData("/run", """{"type":"run","id":"4"}""")]
    [InlineData("/run up", """{"type":"run","name":"up","args":[],"id":"4"}""")]
    [InlineData("/run echo \"a\\\"b\" \"\" \"c d\"e", """{"type":"run","name":"echo","args":["a\"b","","c de"],"id":"4"}""")]
    [InlineData("/history 5", """{"type":"history","room":"#tea","after":0,"limit":5,"id":"4"}""")]
    public void Typed_line_becomes_the_request_that_it_means(string line, string request)
    {
        Enter(epoch: 7, seq: 1);
        CommandTable.Run(new CommandContext(Session, static _ => { }), line);
        Assert.Equal(request, Sent[^1]);
    }

    [Fact]
    public void History_that_takes_more_than_one_answer_is_shown_to_its_last_event()
    {
        Enter(epoch: 7, seq: 9);
        CommandTable.Run(new CommandContext(Session, static _ => { }), "/history 3");
        Assert.Equal("""{"type":"history","room":"#tea","after":6,"limit":3,"id":"4"}""", Sent[^1]);
        Receive(
            """{"type":"history","room":"#tea","events":[{"type":"said","epoch":7,"seq":7,"from":"bob","text":"one"}],"more":true}""",
            """{"type":"history","room":"#tea","events":[{"type":"said","epoch":7,"seq":8,"from":"bob","text":"two"}],"more":true}""",
            """{"type":"ok","id":"4"}""");
        Assert.Equal("""{"type":"history","room":"#tea","after":8,"limit":1,"id":"5"}""", Sent[^1]);
        Receive(
            """{"type":"history","room":"#tea","events":[{"type":"said","epoch":7,"seq":9,"from":"bob","text":"three"}],"more":true}""",
            """{"type":"ok","id":"5"}""");
        Assert.Equal(["one", "two", "three"], Shown.TakeLast(3).Select(static line => line.Text));
        Assert.EndsWith("""id":"5"}""", Sent[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/join a,b", "a room name is")]
    [InlineData("/nick 1st", "a nick is")]
    [InlineData("/nick", "name a person")]
    [InlineData("/room nowhere", "there is no view nowhere")]
    [InlineData("/history 0", "/history takes")]
    [InlineData("/me", "say what you do")]
    [InlineData("/run echo \"a", "a quote is not closed")]
    [InlineData("/part #nowhere", "you are not in #nowhere")]
    [InlineData("/who a,b", "a room name is")]
    [InlineData("/files a,b", "a room name is")]
    [InlineData("/share ~bob/x.pdf", "~ alone is your home directory")]
    [InlineData("/share ", "name a file")]
    [InlineData("/get 7 ~bob/x.pdf", "~ alone is your home directory")]
    [InlineData("/get 7 \"a b", "a path in quotes")]
    public void Mistake_is_one_line_in_the_view_and_sends_nothing(string line, string words)
    {
        Enter(epoch: 7, seq: 1);
        var sent = Sent.Count;
        CommandTable.Run(new CommandContext(Session, static _ => { }), line);
        Assert.Equal(sent, Sent.Count);
        Assert.Equal(LineKind.Error, Shown[^1].Kind);
        Assert.StartsWith(words, Shown[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/who tea", """{"type":"who","room":"#tea","id":"4"}""")]
    [InlineData("/files tea", """{"type":"files","room":"#tea","id":"4"}""")]
    [InlineData("/files", """{"type":"files","room":"#tea","id":"4"}""")]
    [InlineData("/part Tea see you", """{"type":"part","room":"#tea","reason":"see you"}""")]
    [InlineData("/part see you", """{"type":"part","room":"#tea","reason":"see you"}""")]
    public void Room_that_can_be_meant_alone_needs_no_sign(string line, string request)
    {
        Enter(epoch: 7, seq: 1);
        CommandTable.Run(new CommandContext(Session, static _ => { }), line);
        Assert.Equal(request, Sent[^1]);
    }

    [Theory]
    [InlineData("ok", "the server has a request stats")]
    [InlineData("error", "there is no command /stats")]
    public void Unknown_command_is_looked_up_at_the_server(string answer, string words)
    {
        Enter(epoch: 7, seq: 1);
        CommandTable.Run(new CommandContext(Session, static _ => { }), "/stats");
        Receive($$"""{"type":"{{answer}}","id":"4"}""");
        Assert.StartsWith(words, Shown[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_stream_of_a_program_has_its_own_lines_and_characters()
    {
        Enter(epoch: 7, seq: 1);
        Shown.Clear();
        Receive(Output("out", "one \u00E9"u8[..5]), Output("err", "wrong"u8), Output("out", "\u00E9\n"u8[1..]),
            """{"type":"ran","name":"x","exit":1}""");
        Assert.Equal(["| one \u00E9", "! wrong", "run x: exit 1"], Shown.Select(static line => line.Text));
    }

    [Fact]
    public void Output_that_a_break_cuts_off_is_not_part_of_the_next()
    {
        Enter(epoch: 7, seq: 1);
        Shown.Clear();
        Receive(Output("out", "half"u8));
        Session.Closed();
        Assert.Equal("| half", Shown[^1].Text);
        Enter(epoch: 7, seq: 1);
        Receive(Output("out", "next\n"u8));
        Assert.Equal("| next", Shown[^1].Text);
    }

    private static string Output(string stream, ReadOnlySpan<byte> bytes) =>
        $$"""{"type":"output","stream":"{{stream}}","data":"{{Convert.ToBase64String(bytes)}}"}""";
}
