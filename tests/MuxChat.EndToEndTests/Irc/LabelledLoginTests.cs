using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Irc;

/// <summary>
/// A login that a labelled line completes: what comes later goes to the client itself, and no longer into the answer to that line.
/// </summary>
public sealed class LabelledLoginTests(SharedServers servers)
{
    public static TheoryData<string> Ways => ["NICK before USER", "USER before NICK", "CAP END"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Client_that_a_labelled_line_lets_in_talks_as_any_other(string way) => Talk(IoModels.Default, way);

    [Theory]
    [EveryIo(Except = IoModels.Default)]
    public void Client_that_a_labelled_line_lets_in_talks_as_any_other_under_each_model(string io)
    {
        foreach (var way in Ways)
        {
            Talk(io, way.Data);
        }
    }

    private void Talk(string io, string way)
    {
        using var scene = servers.Scene(io);
        var other = scene.Track(new IrcClient(scene.Server.EndPoint("auto"))).LogIn(Scene.NewNick("other"));
        var bystander = scene.Line("bystander");
        var client = scene.Track(new IrcClient(scene.Server.EndPoint("auto")));
        client.Nick = Scene.NewNick("a");
        client.Send("CAP REQ :batch labeled-response");
        string[] lines = way switch
        {
            "NICK before USER" => ["CAP END", $"NICK {client.Nick}", "@label=1 USER a 0 * :a"],
            "USER before NICK" => ["CAP END", "USER a 0 * :a", $"@label=1 NICK {client.Nick}"],
            _ => [$"NICK {client.Nick}", "USER a 0 * :a", "@label=1 CAP END"],
        };
        Array.ForEach(lines, client.Send);
        var welcome = client.Ping();
        Assert.Contains(welcome, static line => line.StartsWith("@label=1 :muxchat.local BATCH +1 labeled-response",
            StringComparison.Ordinal));
        Assert.Contains(welcome, static line => line.StartsWith("@batch=1 :muxchat.local 001 ", StringComparison.Ordinal));
        Assert.Equal(":muxchat.local BATCH -1", welcome[^1]);

        // The batch is over: nothing of what comes now is in it.
        other.Send($"PRIVMSG {client.Nick} :psst");
        Assert.Equal($":{other.Nick}!~tester@localhost PRIVMSG {client.Nick} :psst", client.Read());
        client.Send("JOIN " + scene.Room);
        Assert.Equal($":{client.Nick}!~a@localhost JOIN {scene.Room}", client.Ping()[0]);
        bystander.Expect($"* {client.Nick} joined {scene.Room}");
        bystander.Send("hello");
        Assert.Equal($":{bystander.Nick}!line@localhost PRIVMSG {scene.Room} :hello", client.Read());
        client.Send($"PRIVMSG {scene.Room} :hello yourself");
        bystander.Expect($"<{client.Nick}> hello yourself");
    }
}
