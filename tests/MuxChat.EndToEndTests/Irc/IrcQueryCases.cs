namespace MuxChat.EndToEndTests.Irc;

/// <summary>WHO, WHOIS, ISON, USERHOST and what the server says of itself.</summary>
internal static class IrcQueryCases
{
    public static IReadOnlyList<IrcCase> All { get; } =
    [
        new("RFC 1459 4.5.1", "WHO of a room", ["a WHO $room", "a< :muxchat.local 352 $a $room ~tester localhost muxchat.local $b H :0 A tester", "a< :muxchat.local 352 $a $room ~tester localhost muxchat.local $a H@ :0 A tester", "a< :muxchat.local 315 $a $room :End of WHO list", "b PING 1", "b< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.5.1", "WHO shows who is away and who is on netcat", ["a AWAY :x", "a< ...306...", "l< * $a is away: x", "a WHO $room", "a< :muxchat.local 352 $a $room line localhost muxchat.local $l H :0 line client", "a< ... $a G@ :0 A tester", "a< ...315...", "l /ping 1", "l< * pong 1"]),
        new("RFC 1459 4.5.1", "WHO of a person", ["x WHO $a", "x< :muxchat.local 352 $x $room ~tester localhost muxchat.local $a H@ :0 A tester", "x< :muxchat.local 315 $x $a :End of WHO list", "a PING 1", "a< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.5.1", "WHO of nobody", ["x WHO nobody", "x< :muxchat.local 315 $x nobody :End of WHO list"]),
        new("RFC 1459 4.5.1", "WHO of nothing", ["x WHO", "x< :muxchat.local 315 $x * :End of WHO list"]),
        new("IRCv3 WHOX", "all fields of a room", ["a WHO $room %tcuihsnfdaor,42", "a< :muxchat.local 354 $a 42 $room ~tester 255.255.255.255 localhost muxchat.local $a H@ 0 0 1 :A tester", "a< ...315..."]),
        new("IRCv3 WHOX", "a few fields of a person", ["x WHO $x %nt,7", "x< :muxchat.local 354 $x 7 $x", "x< ...315..."]),
        new("IRCv3 WHOX", "a token that is none", ["x WHO $x %nt,abcd", "x< :muxchat.local 354 $x 0 $x", "x< ...315..."]),
        new("IRCv3 WHOX", "how long somebody has said nothing", ["x WHO $x %l", "x< :muxchat.local 354 $x 0", "x< ...315..."]),
        new("RFC 1459 4.3.3", "LINKS", ["x LINKS", "x< :muxchat.local 364 $x muxchat.local muxchat.local :0 MuxChat", "x< :muxchat.local 365 $x * :End of /LINKS list"]),
        new("RFC 1459 4.3.2", "STATS u", ["x STATS u", "x< :muxchat.local 242 $x :Server Up 0 days 0:...", "x< :muxchat.local 219 $x u :End of /STATS report"]),
        new("RFC 1459 4.3.2", "STATS of nothing", ["x STATS", "x< :muxchat.local 219 $x * :End of /STATS report"]),
        new("RFC 1459 4.5.2", "WHOIS of a person", ["x WHOIS $a", "x< :muxchat.local 311 $x $a ~tester localhost * :A tester", "x< :muxchat.local 319 $x $a :@$room", "x< :muxchat.local 312 $x $a muxchat.local :MuxChat", "x< :muxchat.local 317 $x $a ... :seconds idle, signon time", "x< :muxchat.local 318 $x $a :End of /WHOIS list", "a PING 1", "a< :muxchat.local PONG muxchat.local :1"]),
        new("RFC 1459 4.5.2", "WHOIS of somebody away and in no room", ["x AWAY :lunch", "x< ...306...", "x WHOIS $x", "x< ...311...", "x< ...312...", "x< :muxchat.local 378 $x $x :is connecting from *@localhost 127.0.0.1", "x< :muxchat.local 301 $x $x :lunch", "x< ...317...", "x< ...318..."]),
        new("RFC 1459 4.5.2", "WHOIS with a server", ["x WHOIS muxchat.local $x", "x< ...311...", "x< ...312...", "x< ...378...", "x< ...317...", "x< :muxchat.local 318 $x $x :End of /WHOIS list"]),
        new("RFC 1459 4.5.2", "WHOIS of nobody", ["x WHOIS nobody", "x< :muxchat.local 401 $x nobody :No such nick/channel", "x< :muxchat.local 318 $x nobody :End of /WHOIS list"]),
        new("RFC 1459 4.5.2", "WHOIS of nothing", ["x WHOIS", "x< :muxchat.local 431 $x :No nickname given"]),
        new("RFC 1459 4.5.3", "WHOWAS of nobody", ["x WHOWAS nobody", "x< :muxchat.local 406 $x nobody :There was no such nickname", "x< :muxchat.local 369 $x nobody :End of WHOWAS"]),
        new("RFC 1459 4.5.3", "WHOWAS of nothing", ["x WHOWAS", "x< :muxchat.local 431 $x :No nickname given"]),
        new("RFC 1459 5.8", "ISON", ["x ISON nobody $x", "x< :muxchat.local 303 $x :$x"]),
        new("RFC 1459 5.8", "ISON in one parameter", ["x ISON :nobody $x", "x< :muxchat.local 303 $x :$x"]),
        new("RFC 1459 5.8", "ISON of nothing", ["x ISON", "x< :muxchat.local 461 $x ISON :Not enough parameters"]),
        new("RFC 1459 5.7", "USERHOST", ["x USERHOST $x nobody", "x< :muxchat.local 302 $x :$x=+~tester@localhost"]),
        new("RFC 1459 5.7", "USERHOST of somebody away", ["x AWAY :y", "x< ...306...", "x USERHOST $x", "x< :muxchat.local 302 $x :$x=-~tester@localhost"]),
        new("RFC 2812 3.4.1", "MOTD where there is none", ["x MOTD", "x< :muxchat.local 422 $x :There is no message of the day"]),
        new("RFC 2812 3.4.2", "LUSERS", ["x LUSERS", "x< ...251...", "x< ...252...", "x< ...254...", "x< ...255...", "x< ...265...", "x< ...266..."]),
        new("RFC 1459 4.3.1", "VERSION", ["x VERSION", "x< :muxchat.local 351 $x muxchat-1 muxchat.local :one event loop"]),
        new("RFC 1459 4.3.4", "TIME", ["x TIME", "x< :muxchat.local 391 $x muxchat.local :20... UTC"]),
        new("RFC 1459 4.3.8", "INFO", ["x INFO", "x< ...371...", "x< ...371...", "x< :muxchat.local 374 $x :End of /INFO list"]),
        new("RFC 1459 4.3.7", "ADMIN", ["x ADMIN", "x< ...256...", "x< ...257...", "x< ...259..."]),
        new("modern: HELP", "HELP lists the commands", ["x HELP", "x< :muxchat.local 704 $x * :...", "x< :muxchat.local 705 $x * :PRIVMSG ...", "x< :muxchat.local 706 $x * :End of /HELP"]),
        new("modern: HELP", "HELP on what there is not", ["x HELP nonsense", "x< :muxchat.local 524 $x nonsense :No help available on this topic"]),
    ];
}
