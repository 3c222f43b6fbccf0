using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Restart;

/// <content>What rooms remember is as it was said, and what was removed stays gone.</content>
public sealed partial class RestartTests
{
    [Fact]
    public void Notice_of_a_program_with_tags_is_the_same_after_a_restart_and_in_a_dump()
    {
        const string Tags = "+draft/reply=1-2;+x";
        using var data = new DataFolder();
        string said;
        using (var server = Start(data))
        using (var scene = new Scene(server))
        {
            var bot = Asker(scene, server, "robot");
            bot.Send("MODE robot +B");
            bot.Send($"@{Tags} NOTICE #kept :beep");
            bot.Sync();
            said = Past(bot);
            Assert.EndsWith($";bot;{Tags} :robot!robot@history NOTICE #kept :beep", said, StringComparison.Ordinal);
            server.Signal("TERM");
            Assert.Equal(0, server.WaitForExit());
        }

        using (var again = Start(data))
        using (var after = new Scene(again))
        {
            Assert.Equal(said, Past(Asker(after, again, "ann")));
        }

        var dumped = Muxchat.Run(["journal", "dump", data.Path, "#kept"]).Output;
        Assert.Contains(dumped, static line => line.EndsWith(
            $$""","from":"robot","text":"beep","notice":true,"bot":true,"tags":"{{Tags}}"}""", StringComparison.Ordinal));

        static IrcClient Asker(Scene scene, ServerProcess server, string nick)
        {
            var client = scene.Track(new IrcClient(server.EndPoint("auto")))
                .LogIn(nick, "message-tags server-time batch draft/chathistory");
            client.Send("JOIN #kept");
            client.Sync();
            return client;
        }

        static string Past(IrcClient client)
        {
            client.Send("CHATHISTORY LATEST #kept * 1");
            return client.Ping()[1];
        }
    }

    [Fact]
    public void Removed_line_stays_gone_after_a_restart_and_an_operator_removes_another()
    {
        using var data = new DataFolder();
        string id;
        using (var server = Start(data))
        using (var scene = new Scene(server))
        {
            var ann = scene.Track(new IrcClient(server.Address("auto"))).LogIn("ann", Tags);
            ann.Send("JOIN #tea");
            ann.Sync();
            ann.Send("PRIVMSG #tea :a secret");
            ann.Send("PRIVMSG #tea :fine");
            var gone = IdOf(ann.Read("...a secret"));
            id = IdOf(ann.Read("...fine"));
            ann.Send($"REDACT #tea {gone} :oops");
            Assert.EndsWith($" REDACT #tea {gone} :oops", ann.Read("...REDACT..."), StringComparison.Ordinal);

            // What a frame waits for is on the disk, and so is all before it.
            SayAndWait(scene.Track(server.ConnectFrames()), "end", 1);
            server.Kill();
        }

        using var again = Start(data);
        using var after = new Scene(again);
        var back = after.Track(new IrcClient(again.Address("auto"))).LogIn("ann", Tags);
        back.Send("JOIN #tea");
        back.Sync();
        var robot = after.Track(again.ConnectFrames());
        robot.Send("""{"type":"join","room":"#tea"}""", """{"type":"history","room":"#tea","id":1}""");
        var events = robot.ReadUntil(frame => (string?)frame["type"] == "ok")
            .Single(static frame => (string?)frame["type"] == "history")["events"]!.AsArray();
        Assert.Equal(["joined ", "erased ", "said fine", "redact oops"],
            events.Take(4).Select(static one => $"{one!["type"]} {one["text"] ?? one["reason"]}"));

        // Nobody is the author of a line from before, and the first in the room is its operator.
        back.Sync();
        back.Send($"REDACT #tea {id}");
        Assert.EndsWith($" REDACT #tea {id}", back.Read("...REDACT..."), StringComparison.Ordinal);
    }
}
