namespace MuxChat.EndToEndTests.Irc;

/// <summary>Who comes, goes, and calls itself what: MONITOR, WHOWAS, SETNAME.</summary>
internal static class IrcPresenceCases
{
    private const string Monitor = "IRCv3 monitor";
    private const string Extended = "IRCv3 extended-monitor";
    private const string WhoWas = "RFC 1459 4.5.3";
    private const string SetName = "IRCv3 setname";

    private static readonly string[] Quiet = ["a PING 1", "a< :muxchat.local PONG muxchat.local :1"];

    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new(Monitor, "who is here and who is not", ["x MONITOR + $a,$z", "x< :muxchat.local 730 $x :$A", "x< :muxchat.local 731 $x :$z", .. Quiet]),
        new(Monitor, "who is here, on lines and on frames", ["l /ping 1", "l< * pong 1", "f {\"type\":\"ping\",\"token\":\"1\"}", "f< {\"type\":\"pong\",\"token\":\"1\"}", "x MONITOR + $l,$f", "x< :muxchat.local 730 $x :$L,$F"]),
        new(Monitor, "somebody comes", ["x MONITOR + $n", "x< :muxchat.local 731 $x :$n", "n NICK $n", "n USER u 0 * :r", "x< :muxchat.local 730 $x :$n!~u@localhost", .. Enumerable.Repeat("n< ...", 14)]),
        new(Monitor, "somebody quits", ["x MONITOR + $a", "x< ...730...", "a QUIT", "a< ...", "a< END", "x< :muxchat.local 731 $x :$a"]),
        new(Monitor, "a renaming is a going of the old nick and a coming of the new", ["x MONITOR + $a,$z", "x< ...730...", "x< ...731...", "a NICK $z", "a< :$A NICK $z", "x< :muxchat.local 731 $x :$a", "x< :muxchat.local 730 $x :$z!~tester@localhost"]),
        new(Monitor, "somebody on netcat takes a nick and goes", ["x MONITOR + $z", "x< ...731...", "l /nick $z", "l< * $l is now $z", "x< :muxchat.local 730 $x :$z!line@localhost", "l /quit", "l< ...", "l< END", "x< :muxchat.local 731 $x :$z"]),
        new(Monitor, "a program takes a nick", ["x MONITOR + $z", "x< ...731...", "f {\"type\":\"nick\",\"nick\":\"$z\"}", "f< {\"type\":\"renamed\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"from\":\"$f\",\"to\":\"$z\"}", "x< :muxchat.local 730 $x :$z!frame@localhost"]),
        new(Monitor, "a nick in other letters is the same", ["l /ping 1", "l< * pong 1", "x MONITOR + $z", "x< ...731...", "l /nick $z", "l< ...", "x< ...730...", "x MONITOR L", "x< :muxchat.local 732 $x :$z", "x< :muxchat.local 733 $x :End of MONITOR list"]),
        new(Monitor, "no more", ["x MONITOR + $a", "x< ...730...", "x MONITOR - $a,$z", "x PING 5", "x< ...PONG...", "a NICK $z", "a< ...NICK...", "x MONITOR L", "x< :muxchat.local 733 $x :End of MONITOR list"]),
        new(Monitor, "nobody any more", ["x MONITOR + $a,$b", "x< ...730...", "x MONITOR C", "x MONITOR L", "x< ...733...", "a PART $room", "a< ...", "b< ...", "a QUIT", "a< ...", "a< END"]),
        new(Monitor, "the list", ["x MONITOR + $z,$x", "x< :muxchat.local 730 $x :$X", "x< :muxchat.local 731 $x :$z", "x MONITOR l", "x< :muxchat.local 732 $x :$z,$x", "x< :muxchat.local 733 $x :End of MONITOR list"]),
        new(Monitor, "how they all are", ["x MONITOR + $z,$a", "x< ...730...", "x< ...731...", "x MONITOR S", "x< :muxchat.local 730 $x :$A", "x< :muxchat.local 731 $x :$z", .. Quiet]),
        new(Monitor, "twice is once", ["x MONITOR + $z,$z", "x< :muxchat.local 731 $x :$z,$z", "x MONITOR + $z", "x< ...731...", "x MONITOR L", "x< :muxchat.local 732 $x :$z", "x< ...733..."]),
        new(Monitor, "what is no nick is left out", ["x MONITOR + 1a,#b,$z,,*", "x< :muxchat.local 731 $x :$z", "x MONITOR L", "x< :muxchat.local 732 $x :$z", "x< ...733..."]),
        new(Monitor, "a hundred, and no more", ["x MONITOR + " + Nicks(0, 60), "x< ...731...", "x MONITOR + " + Nicks(60, 100), "x< ...731...", "x MONITOR + n0,n100,n101", "x< :muxchat.local 731 $x :n0", "x< :muxchat.local 734 $x 100 n100,n101 :Monitor list is full", "x MONITOR - n5", "x MONITOR + n100", "x< :muxchat.local 731 $x :n100"]),
        new(Monitor, "a list that takes two lines", ["x MONITOR + " + Nicks(10_000, 10_060), "x< ...731...", "x MONITOR + " + Nicks(20_000, 20_040), "x< ...731...", "x MONITOR L", "x< :muxchat.local 732 $x :n10000,...", "x< :muxchat.local 732 $x :n...", "x< :muxchat.local 733 $x :End of MONITOR list"]),
        new(Monitor, "a modifier that there is not", ["x MONITOR X", "x< :muxchat.local NOTICE $x :MONITOR takes + or - and nicks, or C, L or S"]),
        new(Monitor, "plus without a nick", ["t MONITOR +", "t< FAIL MONITOR INVALID_PARAMS :MONITOR takes + or - and nicks, or C, L or S"]),
        new(Monitor, "nothing", ["x MONITOR", "x< :muxchat.local 461 $x MONITOR :Not enough parameters"]),
        new(Extended, "somebody who shares no room is away and back", ["x CAP REQ :extended-monitor away-notify", "x< ...ACK...", "x MONITOR + $a", "x< ...730...", "a AWAY :lunch", "a< ...306...", "x< :$A AWAY :lunch", "a AWAY", "a< ...305...", "x< :$A AWAY"]),
        new(Extended, "capabilities may come after the list", ["x MONITOR + $a", "x< ...730...", "x CAP REQ :extended-monitor away-notify", "x< ...ACK...", "a AWAY :lunch", "a< ...306...", "x< :$A AWAY :lunch"]),
        new(Extended, "in a room it is told once", ["b CAP REQ :extended-monitor away-notify", "b< ...ACK...", "b MONITOR + $a", "b< ...730...", "a AWAY :lunch", "a< ...306...", "b< :$A AWAY :lunch"]),
        new(Extended, "without away-notify nothing is told", ["x CAP REQ :extended-monitor", "x< ...ACK...", "x MONITOR + $a", "x< ...730...", "a AWAY :lunch", "a< ...306..."]),
        new(Extended, "without extended-monitor nothing is told", ["x CAP REQ :away-notify setname", "x< ...ACK...", "x MONITOR + $a", "x< ...730...", "a AWAY :lunch", "a< ...306...", "a SETNAME :somebody", .. Quiet]),
        new(Extended, "another real name", ["x CAP REQ :extended-monitor setname", "x< ...ACK...", "x MONITOR + $a", "x< ...730...", "a SETNAME :Ann Other", "x< :$A SETNAME :Ann Other", .. Quiet]),
        new(SetName, "is told to the rooms and to oneself, once", ["a CAP REQ setname", "a< ...ACK...", "b CAP REQ setname", "b< ...ACK...", "a JOIN $room2", "a< ...", "a< ...", "a< ...", "b JOIN $room2", "b< ...", "b< ...", "b< ...", "a< ...", "a SETNAME :Ann Other", "a< :$A SETNAME :Ann Other", "b< :$A SETNAME :Ann Other"]),
        new(SetName, "to oneself in no room", ["x CAP REQ setname", "x< ...ACK...", "x SETNAME :Xavier", "x< :$X SETNAME :Xavier"]),
        new(SetName, "under a label", ["x CAP REQ :setname batch labeled-response", "x< ...ACK...", "x @label=s SETNAME :Xavier", "x< @label=s :$X SETNAME :Xavier"]),
        new(SetName, "who does not know it is told nothing, and it is done all the same", ["a SETNAME :Ann Other", "a PING 2", "a< ...PONG...", "b WHOIS $a", "b< :muxchat.local 311 $b $a ~tester localhost * :Ann Other", "b< ...319...", "b< ...312...", "b< ...317...", "b< ...318...", .. Quiet]),
        new(SetName, "one that is too long", ["x CAP REQ setname", "x< ...ACK...", $"x SETNAME :{new string('r', 151)}", "x< FAIL SETNAME INVALID_REALNAME :Realname is not valid", $"x SETNAME :{new string('r', 150)}", $"x< :$X SETNAME :{new string('r', 150)}"]),
        new(SetName, "one with an escape", ["x CAP REQ setname", "x< ...ACK...", "x SETNAME :\\x1b[2J", "x< FAIL SETNAME INVALID_REALNAME :Realname is not valid"]),
        new(SetName, "one that is empty", ["x CAP REQ setname", "x< ...ACK...", "x SETNAME :", "x< FAIL SETNAME INVALID_REALNAME :Realname is not valid"]),
        new(SetName, "none", ["x SETNAME", "x< :muxchat.local 461 $x SETNAME :Not enough parameters"]),
        new("IRCv3 account-notify, account-tag, chghost", "are taken, and nothing comes", ["b CAP REQ :account-notify account-tag chghost", "b< :muxchat.local CAP $b ACK :account-notify account-tag chghost", "a PRIVMSG $room :hi", "b< :$A PRIVMSG $room :hi"]),
        new(WhoWas, "somebody who left", ["a QUIT", "a< ...", "a< END", "x WHOWAS $a", "x< :muxchat.local 314 $x $a ~tester localhost * :A tester", "x< :muxchat.local 312 $x $a muxchat.local :20... UTC", "x< :muxchat.local 369 $x $a :End of WHOWAS"]),
        new(WhoWas, "somebody who took another nick", ["a NICK $z", "a< ...", "x WHOWAS $a", "x< :muxchat.local 314 $x $a ~tester localhost * :A tester", "x< ...312...", "x< ...369..."]),
        new(WhoWas, "somebody on netcat", ["l /quit", "l< ...", "l< END", "x WHOWAS $l", "x< :muxchat.local 314 $x $l line localhost * :line client", "x< ...312...", "x< ...369..."]),
        new(WhoWas, "who had a nick, the last first", ["a NICK $z", "a< ...", "l /nick $a", "l< * $a is now $z", "l< * $l is now $a", "a< ...NICK...", "l /quit", "l< ...", "l< END", "a< ...QUIT...", "x WHOWAS $a", "x< :muxchat.local 314 $x $a line ...", "x< ...312...", "x< :muxchat.local 314 $x $a ~tester ...", "x< ...312...", "x< ...369...", "x WHOWAS $a 1", "x< :muxchat.local 314 $x $a line ...", "x< ...312...", "x< ...369..."]),
        new(WhoWas, "somebody who is here", ["x WHOWAS $x", "x< :muxchat.local 406 $x $x :There was no such nickname", "x< :muxchat.local 369 $x $x :End of WHOWAS"]),
    ];

    private static string Nicks(int from, int to) => string.Join(',', Enumerable.Range(from, to - from).Select(static i => $"n{i}"));
}
