namespace MuxChat.EndToEndTests.Irc;

/// <summary>JOIN, PART, TOPIC, NAMES, LIST, MODE.</summary>
internal static class IrcRoomCases
{
    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new("RFC 1459 4.2.1", "JOIN is told to oneself, with the names", ["x JOIN $room2", "x< :$X JOIN $room2", "x< :muxchat.local 353 $x = $room2 :@$x", "x< :muxchat.local 366 $x $room2 :End of /NAMES list"]),
        new("RFC 1459 4.2.1", "JOIN is told to the room", ["x JOIN $room", "x< :$X JOIN $room", "x< :muxchat.local 353 $x = $room :$x @$a", "x< :muxchat.local 366 $x $room :End of /NAMES list", "a< :$X JOIN $room"]),
        new("IRCv3 extended-join", "JOIN shows the real name to who wants it", ["x JOIN $room", "x< ...", "x< ...", "x< ...", "t< @time=...;msgid=... :$X JOIN $room * :A tester"]),
        new("IRCv3 userhost-in-names", "names in full for who wants them", ["t NAMES $room", "t< :muxchat.local 353 $t = $room :$A @$T", "t< :muxchat.local 366 $t $room :End of /NAMES list", "a PING 1", "a< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.2.1", "JOIN of several", ["x JOIN $room2,#$x", "x< :$X JOIN $room2", "x< :$X JOIN #$x", "x< ...353...", "x< ...366 $x $room2 ...", "x< ...353...", "x< ...366 $x #$x ..."]),
        new("RFC 1459 4.2.1", "JOIN where one is", ["a JOIN $room"]),
        new("RFC 1459 4.2.1", "JOIN of a name that is none", ["x JOIN nonsense", "x< :muxchat.local 403 $x nonsense :No such channel"]),
        new("RFC 1459 4.2.1", "JOIN of a name with an invisible character", ["x JOIN #a\u200bb", "x< :muxchat.local 403 $x #a\u200bb :No such channel"]),
        new("RFC 1459 4.2.1", "JOIN without a name", ["x JOIN", "x< :muxchat.local 461 $x JOIN :Not enough parameters"]),
        new("RFC 1459 4.2.1", "a name in other case is the same room", ["a PART $room", "a< :$A PART $room", "b< :$A PART $room"]),
        new("RFC 2812 3.2.1", "JOIN 0 leaves all rooms", ["a JOIN 0", "a< :$A PART $room", "b< :$A PART $room"]),
        new("RFC 1459 4.2.1", "a topic is shown on entering", ["a TOPIC $room :about cheese", "a< :$A TOPIC $room :about cheese", "x JOIN $room", "a< :$X JOIN $room", "x< :$X JOIN $room", "x< :muxchat.local 332 $x $room :about cheese", "x< :muxchat.local 333 $x $room $a ...", "x< ...353...", "x< ...366..."]),
        new("RFC 1459 4.2.2", "PART with a reason", ["a PART $room :tired", "a< :$A PART $room :tired", "b< :$A PART $room :tired"]),
        new("RFC 1459 4.2.2", "PART of an unknown room", ["x PART $room2", "x< :muxchat.local 403 $x $room2 :No such channel"]),
        new("RFC 1459 4.2.2", "PART of a room one is not in", ["x PART $room", "x< :muxchat.local 442 $x $room :You're not on that channel", "a PING 1", "a< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.2.2", "PART of two", ["a JOIN $room2", "a< ...JOIN...", "a< ...353...", "a< ...366...", "a PART $room,$room2 :bye", "a< :$A PART $room :bye", "a< :$A PART $room2 :bye"]),
        new("RFC 1459 4.2.4", "TOPIC where there is none", ["a TOPIC $room", "a< :muxchat.local 331 $a $room :No topic is set"]),
        new("RFC 1459 4.2.4", "TOPIC is set and told", ["a TOPIC $room :x", "a< :$A TOPIC $room :x", "b< :$A TOPIC $room :x", "b TOPIC $room", "b< :muxchat.local 332 $b $room :x", "b< :muxchat.local 333 $b $room $a ..."]),
        new("RFC 1459 4.2.4", "TOPIC is removed", ["a TOPIC $room :x", "a< ...", "a TOPIC $room :", "a< :$A TOPIC $room :", "a TOPIC $room", "a< :muxchat.local 331 $a $room :No topic is set"]),
        new("RFC 1459 4.2.4", "TOPIC of an unknown room", ["x TOPIC $room2", "x< :muxchat.local 403 $x $room2 :No such channel"]),
        new("RFC 1459 4.2.4", "TOPIC of a room one is not in is read, not set", ["x TOPIC $room :x", "x< :muxchat.local 442 $x $room :You're not on that channel", "a TOPIC $room", "a< :muxchat.local 331 $a $room :No topic is set"]),
        new("RFC 1459 4.2.5", "NAMES of an unknown room", ["x NAMES $room2", "x< :muxchat.local 366 $x $room2 :End of /NAMES list"]),
        new("RFC 1459 4.2.5", "NAMES without a room", ["x NAMES", "x< :muxchat.local 366 $x * :End of /NAMES list"]),
        new("RFC 1459 4.2.5", "NAMES shows who is on netcat and on frames", ["l /ping 1", "l< * pong 1", "f {\"type\":\"ping\",\"token\":\"1\"}", "f< {\"type\":\"pong\",\"token\":\"1\"}", "a NAMES $room", "a< :muxchat.local 353 $a = $room :$a $f @$l", "a< ...366..."]),
        new("RFC 1459 4.2.6", "LIST of one room", ["a LIST $room", "a< :muxchat.local 321 $a Channel :Users  Name", "a< :muxchat.local 322 $a $room 1 :", "a< :muxchat.local 323 $a :End of /LIST"]),
        new("modern: ELIST M", "LIST by a mask", ["a TOPIC $room :t", "a< ...", "a LIST $room*", "a< ...321...", "a< :muxchat.local 322 $a $room 1 :t", "a< ...323..."]),
        new("modern: ELIST U", "LIST of rooms with more members than there are", ["x LIST >9999", "x< ...321...", "x< ...323..."]),
        new("modern: ELIST U", "LIST of rooms with more members than a number", ["a LIST $room,>0", "a< ...321...", "a< :muxchat.local 322 $a $room 1 :", "a< ...323...", "a LIST $room,>1", "a< ...321...", "a< ...323..."]),
        new("modern: ELIST U", "LIST of rooms with fewer members than a number", ["a LIST $room,<2", "a< ...321...", "a< :muxchat.local 322 $a $room 1 :", "a< ...323...", "a LIST $room,<1", "a< ...321...", "a< ...323..."]),
        new("RFC 1459 4.2.3", "MODE of a room", ["a MODE $room", "a< :muxchat.local 324 $a $room +Cn", "a< :muxchat.local 329 $a $room ..."]),
        new("RFC 1459 4.2.3", "the bans of a room", ["a MODE $room b", "a< :muxchat.local 368 $a $room :End of channel ban list"]),
        new("RFC 1459 4.2.3", "MODE of an unknown room", ["x MODE $room2", "x< :muxchat.local 403 $x $room2 :No such channel"]),
        new("RFC 1459 4.2.3", "one's own modes", ["x MODE $x", "x< :muxchat.local 221 $x +"]),
        new("RFC 1459 4.2.3.2", "invisible and visible again", ["x MODE $x +i", "x< :$x MODE $x :+i", "x MODE $x", "x< :muxchat.local 221 $x +i", "x MODE $x +i", "x MODE $x -i", "x< :$x MODE $x :-i"]),
        new("RFC 1459 4.2.3.2", "invisible and what there is not", ["x MODE $x +xi", "x< :$x MODE $x :+i", "x< :muxchat.local 501 $x :Unknown MODE flag"]),
        new("RFC 1459 4.2.3", "another's modes", ["x MODE $a", "x< :muxchat.local 502 $x :Can't change mode for other users", "a PING 1", "a< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.2.3", "an unknown mode of one's own", ["x MODE $x +q", "x< :muxchat.local 501 $x :Unknown MODE flag"]),
        new("RFC 1459 4.2.3", "modes of nobody", ["x MODE nobody", "x< :muxchat.local 401 $x nobody :No such nick/channel"]),
    ];
}
