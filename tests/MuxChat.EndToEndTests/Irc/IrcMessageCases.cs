namespace MuxChat.EndToEndTests.Irc;

/// <summary>How a line is cut into command and parameters.</summary>
internal static class IrcMessageCases
{
    private const string Format = "RFC 1459 2.3";
    private const string Tags = "IRCv3 message-tags";

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(Format, "a command in small letters", ["a privmsg $room :hi", "b< :$A PRIVMSG $room :hi"]),
        new(Format, "a command in mixed letters", ["a PrivMsg $room :hi", "b< :$A PRIVMSG $room :hi"]),
        new(Format, "the last parameter without a colon", ["a PRIVMSG $room hi", "b< :$A PRIVMSG $room :hi"]),
        new(Format, "only the first colon counts", ["a PRIVMSG $room ::) :x", "b< :$A PRIVMSG $room ::) :x"]),
        new(Format, "spaces in the last parameter stay", ["a PRIVMSG $room :  two  spaces ", "b< :$A PRIVMSG $room :  two  spaces "]),
        new(Format, "several spaces between parameters", ["a   PRIVMSG   $room   :hi", "b< :$A PRIVMSG $room :hi"]),
        new(Format, "spaces before the command", ["a    PRIVMSG $room :hi", "b< :$A PRIVMSG $room :hi"]),
        new(Format, "a source is not believed", ["a :$b PRIVMSG $room :hi", "b< :$A PRIVMSG $room :hi"]),
        new(Format, "a forged source of a server's", ["a :muxchat.local PRIVMSG $room :hi", "b< :$A PRIVMSG $room :hi"]),
        new(Format, "a colon alone", ["x :", "x PING 1", "x< :muxchat.local PONG muxchat.local :1"]),
        new(Format, "a source alone", ["x :somebody", "x PING 1", "x< :muxchat.local PONG muxchat.local :1"]),
        new(Format, "an empty line", ["x ", "x PING 1", "x< :muxchat.local PONG muxchat.local :1"]),
        new(Format, "an empty last parameter", ["a PRIVMSG $room :", "a< :muxchat.local 412 $a :No text to send"]),
        new(Format, "sixteen parameters", ["x ISON a b c d e f g h i j k l m n $x p", "x< :muxchat.local 303 $x :$x"]),
        new(Format, "a line of 510 bytes",
            [$"x PING {new string('a', 400)}", $"x< :muxchat.local PONG muxchat.local :{new string('a', 400)}"]),
        new("modern: 417", "a line of more than 512 bytes",
            [$"a PRIVMSG $room :{new string('a', 600)}", "a< :muxchat.local 417 $a :Input line was too long", "b PING 1",
                "b< :muxchat.local PONG muxchat.local :1"]),
        new("modern: 417", "a line of 5,000 bytes and the next one",
            [$"x PING {new string('a', 5000)}", "x< :muxchat.local 417 $x :Input line was too long", "x PING 1",
                "x< :muxchat.local PONG muxchat.local :1"]),
        new("modern: 417", "a line of 20,000 bytes and the next one",
            [$"x PING {new string('a', 20_000)}", "x< :muxchat.local 417 $x :Input line was too long", "x PING 1",
                "x< :muxchat.local PONG muxchat.local :1"]),
        new(Format, "a relayed line is cut between characters, and the rest follows",
        [
            $"a PRIVMSG $room :{new string('é', 245)}", "b< :$A PRIVMSG $room :éé...", "b< :$A PRIVMSG $room :é...",
        ]),
        new(Tags, "tags are taken and not passed on", ["a @+draft/x=1;y PRIVMSG $room :hi", "b< :$A PRIVMSG $room :hi"]),
        new(Tags, "tags without a command", ["x @a=b", "x PING 1", "x< :muxchat.local PONG muxchat.local :1"]),
        new(Tags, "tags of 4,094 bytes", [$"x @a={new string('a', 4092)} PING 1", "x< :muxchat.local PONG muxchat.local :1"]),
        new(Tags, "tags of 4,095 bytes",
            [$"x @a={new string('a', 4093)} PING 1", "x< :muxchat.local 417 $x :Input line was too long", "x PING 2",
                "x< :muxchat.local PONG muxchat.local :2"]),
        new(Tags, "tags of far more than 4,094 bytes",
            [$"x @a={new string('a', 9000)} PING 1", "x< :muxchat.local 417 $x :Input line was too long"]),
        new(Tags, "tags without an end", [$"x @{new string('a', 600)}", "x< :muxchat.local 417 $x :Input line was too long"]),
        new(Tags, "tags and a line of more than 512 bytes",
            [$"x @a=b PING {new string('a', 600)}", "x< :muxchat.local 417 $x :Input line was too long"]),
        new("IRCv3 message-tags, server-time", "an event is named and dated for who wants it",
            ["a PRIVMSG $room :hi", "t< @time=...Z;msgid=...-... :$A PRIVMSG $room :hi"]),
        new("IRCv3 server-time", "time alone",
            ["a CAP REQ server-time", "a< :muxchat.local CAP $a ACK :server-time", "b PRIVMSG $room :hi",
                "a< @time=20...Z :$B PRIVMSG $room :hi"]),
        new("IRCv3 message-tags", "name alone",
            ["a CAP REQ message-tags", "a< :muxchat.local CAP $a ACK :message-tags", "b PRIVMSG $room :hi",
                "a< @msgid=...-... :$B PRIVMSG $room :hi"]),
        new("modern: control characters", "ESC never reaches anybody",
            ["a PRIVMSG $room :a\\x1b[31mb", "a< :muxchat.local 404 $a $room :the text contains a control character: only tab is allowed"]),
        new("modern: control characters", "ESC in a private message",
            ["a PRIVMSG $b :a\\x1bb", "a< :muxchat.local 404 $a $b :...", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("modern: formatting", "formatting is taken out",
            ["a PRIVMSG $room :\\x02bold\\x02 \\x0304,05red\\x03 plain", "b< :$A PRIVMSG $room :bold red plain"]),
        new("modern: formatting", "colours with one digit before text", ["a PRIVMSG $room :\\x034x,y", "b< :$A PRIVMSG $room :x,y"]),
        new("modern: formatting", "a comma that is none of a colour's", ["a PRIVMSG $room :\\x034,no", "b< :$A PRIVMSG $room :,no"]),
    ];
}
