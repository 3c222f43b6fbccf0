namespace MuxChat.EndToEndTests.Irc;

/// <summary>
/// OPER, KILL, SAMODE, REHASH, WALLOPS and what shows who is an operator, on a server that has them. <c>root</c> has the password
/// <c>secret</c>.
/// </summary>
internal static class IrcOperatorCases
{
    private const string NoRight = ":Permission Denied- You're not an IRC operator";

    private static readonly IrcCase[] Overrides =
    [
        new("InspIRCd: SAMODE", "SAMODE makes an operator of a room",
            ["a PING 1", "a< ...PONG...", .. Oper("x"), "x SAMODE $room +o $b", "a< :$X MODE $room +o $b", "b< :$X MODE $room +o $b",
                "x PING 1", "x< :muxchat.local PONG muxchat.local :1"]),
        new("InspIRCd: SAMODE", "SAMODE changes any mode of a room one is not in",
            [.. Oper("x"), "x SAMODE $room +mb-n bad!*@*", "a< :$X MODE $room +mb-n bad!*@*", "x SAMODE $room b",
                "x< :muxchat.local 367 $x $room bad!*@* $x ...", "x< ...368..."]),
        new("InspIRCd: SAMODE", "SAMODE +o of somebody who is not in lets it in, as an operator",
            [.. Oper("a"), "a SAMODE $room +il 1", "a< ...", "a SAMODE $room +o $x", "a< :muxchat.local 341 $a $x $room",
                "x< :$A INVITE $x $room",
                "x JOIN $room", "x< :$X JOIN $room", "x< :$X MODE $room +o $x", "x< ...353...", "x< ...366...", "a< :$X JOIN $room",
                "a< :$X MODE $room +o $x"]),
        new("InspIRCd: SAMODE", "SAMODE by no operator tells nothing of the room",
            ["x SAMODE $room +o $x", "x< :muxchat.local 481 $x " + NoRight, "x SAMODE #nowhere +o $x",
                "x< :muxchat.local 481 $x " + NoRight]),
        new("InspIRCd: SAMODE", "SAMODE of a room that there is not, of nobody, of no mode, and without any",
            ["a PING 1", "a< ...PONG...", .. Oper("x"), "x SAMODE #nowhere +o $x", "x< :muxchat.local 403 $x #nowhere :No such channel",
                "x SAMODE $room +o nobody",
                "x< :muxchat.local 401 $x nobody :No such nick/channel", "x SAMODE $room +y",
                    "x< :muxchat.local 472 $x y :is unknown mode char to me",
                "x SAMODE $room", "x< :muxchat.local 461 $x SAMODE :Not enough parameters"]),
    ];

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        .. Overrides,
        new("RFC 2812 3.1.4", "OPER makes an operator and says so", [.. Oper("a"), "a MODE $a", "a< :muxchat.local 221 $a +o"]),
        new("RFC 2812 3.1.4", "OPER outside of all rooms", [.. Oper("x")]),
        new("RFC 2812 3.1.4", "a password with spaces", ["x OPER second :open sesame", "x< :muxchat.local 381 $x :You are now an IRC operator", "x< :$x MODE $x :+o"]),
        new("RFC 2812 3.1.4", "OPER with a wrong password", ["x OPER root wrong", "x< :muxchat.local 464 $x :Password incorrect", "x MODE $x", "x< :muxchat.local 221 $x +"]),
        new("RFC 2812 3.1.4", "OPER under a name that is nobody's answers alike", ["x OPER nobody secret", "x< :muxchat.local 464 $x :Password incorrect"]),
        new("RFC 2812 3.1.4", "an operator's name is taken as it is written", ["x OPER ROOT secret", "x< :muxchat.local 464 $x :Password incorrect"]),
        new("RFC 2812 3.1.4", "another operator's password is wrong", ["x OPER second secret", "x< :muxchat.local 464 $x :Password incorrect"]),
        new("RFC 2812 3.1.4", "a password that is too long is wrong", ["x OPER root " + new string('s', 400), "x< :muxchat.local 464 $x :Password incorrect"]),
        new("RFC 2812 3.1.4", "OPER without a password", ["x OPER root", "x< :muxchat.local 461 $x OPER :Not enough parameters"]),
        new("RFC 2812 3.1.4", "OPER with an empty password", ["x OPER root :", "x< :muxchat.local 461 $x OPER :Not enough parameters"]),
        new("RFC 2812 3.1.4", "OPER alone", ["x OPER", "x< :muxchat.local 461 $x OPER :Not enough parameters"]),
        new("RFC 2812 3.1.4", "OPER by an operator is confirmed", [.. Oper("x"), "x OPER root whatever", "x< :muxchat.local 381 $x :You are now an IRC operator", "x< :$x MODE $x :+o"]),
        new("modern: OPER", "the third wrong password ends the connection", [.. Wrong("a"), .. Wrong("a"), .. Wrong("a"), "a< ERROR :Closing link: wrong password", "a< END", "b< :$A QUIT :wrong password"]),
        new("modern: OPER", "a right one behind two wrong ones is in time", [.. Wrong("x"), .. Wrong("x"), .. Oper("x")]),
        new("RFC 2812 3.7.1", "KILL closes the connection and tells the room why",
            [.. Oper("a"), "a KILL $b :not here", "b< :$A KILL $b :not here", "b< ERROR :Closing link: killed by $a: not here", "b< END", "a< :$B QUIT :killed by $a: not here", "c< :$B QUIT :killed by $a: not here"]),
        new("RFC 2812 3.7.1", "KILL of somebody in no room", [.. Oper("a"), "a KILL $x :bye", "x< :$A KILL $x :bye", "x< ERROR :Closing link: killed by $a: bye", "x< END"]),
        new("RFC 2812 3.7.1", "KILL of somebody on netcat", [.. Oper("a"), "a KILL $l :bye", "l< * goodbye: killed by $a: bye", "l< END", "a< :$L QUIT :killed by $a: bye"]),
        new("RFC 2812 3.7.1", "KILL of a program on frames", [.. Oper("a"), "a KILL $f :bye", "f< {\"type\":\"closing\",\"reason\":\"killed by $a: bye\"}", "f< END", "a< :$F QUIT :killed by $a: bye"]),
        new("RFC 2812 3.7.1", "KILL with an empty reason", [.. Oper("a"), "a KILL $b :", "b< :$A KILL $b :", "b< ERROR :Closing link: killed by $a", "b< END", "a< :$B QUIT :killed by $a"]),
        new("RFC 2812 3.7.1", "KILL of oneself", [.. Oper("a"), "a KILL $a :enough", "a< :$A KILL $a :enough", "a< ERROR :Closing link: killed by $a: enough", "a< END", "b< :$A QUIT :killed by $a: enough"]),
        new("RFC 2812 3.7.1", "the nick of who was killed is free at once", [.. Oper("a"), "a KILL $x :bye", "x< ...", "x< ...", "x< END", "a NICK $x", "a< :$A NICK $x"]),
        new("RFC 2812 3.7.1", "a long reason is cut", [.. Oper("a"), "a KILL $x :" + new string('r', 400), "x< :$A KILL $x :" + new string('r', 300), "x< ERROR :Closing link: killed by $a: " + new string('r', 300), "x< END"]),
        new("RFC 2812 3.7.1", "KILL of nobody", [.. Oper("x"), "x KILL nobody :bye", "x< :muxchat.local 401 $x nobody :No such nick/channel"]),
        new("RFC 2812 3.7.1", "KILL of the server", [.. Oper("x"), "x KILL muxchat.local :bye", "x< :muxchat.local 483 $x :You can't kill a server!"]),
        new("RFC 2812 3.7.1", "KILL without a reason", [.. Oper("x"), "x KILL nobody", "x< :muxchat.local 461 $x KILL :Not enough parameters"]),
        new("RFC 2812 3.7.1", "KILL with an escape in its reason", [.. Oper("a"), "a KILL $b :\\x1b[2J", "a< :muxchat.local NOTICE $a :the reason contains a control character: only tab is allowed", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 2812 3.7.1", "KILL by no operator", ["a KILL $b :bye", "a< :muxchat.local 481 $a " + NoRight, "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 2812 3.7.1", "KILL by one who was an operator", [.. Oper("a"), "a MODE $a -o", "a< :$a MODE $a :-o", "a KILL $b :bye", "a< :muxchat.local 481 $a " + NoRight, "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 2812 4.2", "REHASH reads the message of the day again", [.. Oper("x"), "x REHASH", "x< :muxchat.local 382 $x motd :Rehashing", "x< :muxchat.local NOTICE $x :the message of the day was read again"]),
        new("RFC 2812 4.2", "REHASH by no operator", ["x REHASH", "x< :muxchat.local 481 $x " + NoRight]),
        new("RFC 2812 4.7", "WALLOPS goes to operators and to who has w", [.. Oper("a"), "b MODE $b +w", "b< :$b MODE $b :+w", "a WALLOPS :look out $room", "b< :$A WALLOPS :look out $room", "a< :$A WALLOPS :look out $room", "x PING 1", "x< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 2812 4.7", "WALLOPS without a text", [.. Oper("x"), "x WALLOPS", "x< :muxchat.local 461 $x WALLOPS :Not enough parameters", "x WALLOPS :", "x< :muxchat.local 461 $x WALLOPS :Not enough parameters"]),
        new("RFC 2812 4.7", "WALLOPS by no operator", ["x WALLOPS :a", "x< :muxchat.local 481 $x " + NoRight]),
        new("RFC 2812 4.7", "who has given w up hears nothing", [.. Oper("a"), "b MODE $b +w", "b< ...", "b MODE $b -w", "b< :$b MODE $b :-w", "a WALLOPS :quiet $room", "a< :$A WALLOPS :quiet $room", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 2812 3.1.5", "MODE +o of oneself is ignored", ["x MODE $x +o", "x MODE $x", "x< :muxchat.local 221 $x +"]),
        new("RFC 2812 3.1.5", "MODE -o of oneself", [.. Oper("x"), "x MODE $x -o", "x< :$x MODE $x :-o", "x MODE $x -o"]),
        new("RFC 2812 3.1.5", "several modes at once", [.. Oper("x"), "x MODE $x +wiB-o", "x< :$x MODE $x :+Biw-o", "x MODE $x", "x< :muxchat.local 221 $x +Biw"]),
        new("RFC 2812 3.6.2", "WHOIS of an operator", [.. Oper("a"), "x WHOIS $a", "x< ...311...", "x< ...319...", "x< ...312...", "x< :muxchat.local 313 $x $a :is an IRC operator", "x< ...317...", "x< ...318..."]),
        new("modern: 378", "an operator is told where somebody comes from", [.. Oper("x"), "x WHOIS $l", "x< ...311...", "x< ...319...", "x< ...312...", "x< :muxchat.local 378 $x $l :is connecting from *@localhost 127.0.0.1", "x< ...317...", "x< ...318...", "l /ping 1", "l< * pong 1"]),
        new("RFC 2812 3.6.1", "WHO marks operators", [.. Oper("a"), "x WHO $a", "x< :muxchat.local 352 $x $room ~tester localhost muxchat.local $a H*@ :0 A tester", "x< ...315..."]),
        new("RFC 1459 5.7", "USERHOST marks operators", [.. Oper("x"), "x USERHOST $x", "x< :muxchat.local 302 $x :$x*=+~tester@localhost"]),
        new("one room", "an operator on lines kills somebody on IRC", ["l /oper root secret", "l< * you are a server operator", "l /kill $a enough of it", "a< :$L KILL $a :enough of it", "a< ERROR :Closing link: killed by $l: enough of it", "a< END", "l< * $a quit: killed by $l: enough of it"]),
        new("one room", "an operator on frames kills somebody on IRC",
        [
            "f {\"type\":\"oper\",\"name\":\"root\",\"password\":\"secret\",\"id\":1}", "f< {\"type\":\"oper\",\"nick\":\"$f\"}", "f< {\"type\":\"ok\",\"id\":1}", "f {\"type\":\"kill\",\"nick\":\"$a\",\"id\":2}",
            "a< :$F KILL $a :", "a< ERROR :Closing link: killed by $f", "a< END", "f< {\"type\":\"quit\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$a\",\"reason\":\"killed by $f\"}", "f< {\"type\":\"ok\",\"id\":2}",
        ]),
        new("one room", "wallops from lines are heard on frames and IRC",
        [
            "f {\"type\":\"oper\",\"name\":\"root\",\"password\":\"secret\"}", "f< {\"type\":\"oper\",\"nick\":\"$f\"}", "a MODE $a +w", "a< ...", "l /oper root secret", "l< * you are a server operator",
            "l /wallops all of $room", "l< * wallops from $l: all of $room", "a< :$L WALLOPS :all of $room", "f< {\"type\":\"wallops\",\"from\":\"$l\",\"text\":\"all of $room\",\"time\":\"...\"}",
        ]),
    ];

    private static string[] Oper(string who) => [$"{who} OPER root secret", $"{who}< :muxchat.local 381 ${who} :You are now an IRC operator", $"{who}< :${who} MODE ${who} :+o"];

    private static string[] Wrong(string who) => [$"{who} OPER root wrong", $"{who}< :muxchat.local 464 ${who} :Password incorrect"];
}
