namespace MuxChat.EndToEndTests.Irc;

/// <summary>Operators of rooms: MODE, KICK, INVITE, and who may enter and speak. Who is named first has made the room.</summary>
internal static class IrcModeCases
{
    private const string Mode = "RFC 1459 4.2.3.1";
    private const string Kick = "RFC 1459 4.2.8";
    private const string Invite = "RFC 1459 4.2.7";
    private const string Join = "RFC 2812 3.2.1";
    private const string Prefix = "modern: PREFIX";
    private const string Status = "modern: STATUSMSG";

    private static readonly string[] Entered = ["x< :$X JOIN $room", "x< ...353...", "x< ...366...", "a< :$X JOIN $room"];

    public static IReadOnlyList<IrcCase> All { get; } = [.. Changes(), .. Doors(), .. Silence(), .. Sights()];

    private static IrcCase[] Changes() =>
    [
        new(Mode, "an operator is made and unmade", ["a MODE $room +o $b", "a< :$A MODE $room +o $b", "b< :$A MODE $room +o $b", "b MODE $room -o $a", "b< :$B MODE $room -o $a", "a< :$B MODE $room -o $a", "a MODE $room +m", "a< :muxchat.local 482 $a $room :You're not channel operator"]),
        new(Mode, "who is no operator changes nothing", ["a PING 1", "a< ...PONG...", "b MODE $room +o $b", "b< :muxchat.local 482 $b $room :You're not channel operator"]),
        new(Mode, "who is no operator is told so once", ["a PING 1", "a< ...PONG...", "b MODE $room +mnt", "b< :muxchat.local 482 $b $room :You're not channel operator"]),
        new(Mode, "who is not in changes nothing", ["a PING 1", "a< ...PONG...", "x MODE $room +m", "x< :muxchat.local 482 $x $room :You're not channel operator"]),
        new(Mode, "several changes are one line", ["a MODE $room +mt-n+v $b", "a< :$A MODE $room +mt-n+v $b", "b< :$A MODE $room +mt-n+v $b", "a MODE $room", "a< :muxchat.local 324 $a $room +Cmt", "a< ...329..."]),
        new(Mode, "what is so already changes nothing", ["a MODE $room +n-m", "a MODE $room", "a< :muxchat.local 324 $a $room +Cn", "a< ...329..."]),
        new(Mode, "without a sign it is on", ["a MODE $room m", "a< :$A MODE $room +m"]),
        new(Mode, "an unknown mode among known ones", ["a MODE $room +mxt", "a< :muxchat.local 472 $a x :is unknown mode char to me", "a< :$A MODE $room +mt"]),
        new(Mode, "o without a nick", ["a MODE $room +o", "a< :muxchat.local 696 $a $room o * :mode o takes a nick"]),
        new(Mode, "o for nobody", ["a MODE $room +o nobody", "a< :muxchat.local 401 $a nobody :No such nick/channel"]),
        new(Mode, "o for one who is elsewhere", ["x PING 1", "x< ...PONG...", "a MODE $room +o $x", "a< :muxchat.local 441 $a $x $room :They aren't on that channel"]),
        new(Mode, "a voice speaks where it is moderated", ["a MODE $room +m", "a< ...", "b< ...", "b PRIVMSG $room :hi", "b< :muxchat.local 404 $b $room :Cannot send to channel", "a MODE $room +v $b", "a< :$A MODE $room +v $b", "b< :$A MODE $room +v $b", "b PRIVMSG $room :hi", "a< :$B PRIVMSG $room :hi"]),
        new(Mode, "who is not in is heard without n", ["a MODE $room -n", "a< :$A MODE $room -n", "x PRIVMSG $room :from outside", "a< :$X PRIVMSG $room :from outside"]),
        new(Mode, "t leaves the topic to operators", ["a MODE $room +t", "a< ...", "b< ...", "b TOPIC $room :mine", "b< :muxchat.local 482 $b $room :You're not channel operator", "a TOPIC $room :ours", "a< :$A TOPIC $room :ours", "b< :$A TOPIC $room :ours"]),
        new(Mode, "the key is shown to who is in",
        [
            "a MODE $room +k sesame", "a< :$A MODE $room +k sesame", "a MODE $room", "a< :muxchat.local 324 $a $room +Cnk sesame",
            "a< ...329...", "x MODE $room", "x< :muxchat.local 403 $x $room :No such channel",
        ]),
        new(Mode, "k without a key", ["a MODE $room +k", "a< :muxchat.local 696 $a $room k * :mode k takes a key"]),
        new(Mode, "the key is taken off, whatever is given", ["a MODE $room +k sesame", "a< ...", "a MODE $room -k whatever", "a< :$A MODE $room -k *", "a MODE $room", "a< :muxchat.local 324 $a $room +Cn", "a< ...329..."]),
        new(Mode, "a limit is set and taken off", ["a MODE $room +l 5", "a< :$A MODE $room +l 5", "a MODE $room", "a< :muxchat.local 324 $a $room +Cnl 5", "a< ...329...", "a MODE $room -l", "a< :$A MODE $room -l"]),
        new(Mode, "l without a number", ["a MODE $room +l", "a< :muxchat.local 696 $a $room l * :mode l takes a number"]),
        new(Mode, "l with no number", ["a MODE $room +l many", "a< :muxchat.local 696 $a $room l many :mode l takes a whole number from 1"]),
        new(Mode, "at most four with a parameter", ["a MODE $room +bbbbb a b c d e", "a< :muxchat.local 696 $a $room b e :at most 4 changes with a parameter in one command", "a< :$A MODE $room +bbbb a!*@* b!*@* c!*@* d!*@*"]),
        new(Mode, "modes hold when everybody has left, and nobody is operator for coming first",
            ["a MODE $room +mt", "a< ...", "a PART $room", "a< ...PART...", "x JOIN $room", "x< ...JOIN...",
                "x< :muxchat.local 353 $x = $room :$x",
                "x< ...366...", "x MODE $room", "x< :muxchat.local 324 $x $room +Cmnt", "x< ...329..."]),
        new(Mode, "where nothing was decided, who comes first is operator",
            ["a PART $room", "a< ...PART...", "x JOIN $room", "x< ...JOIN...",
                "x< :muxchat.local 353 $x = $room :@$x", "x< ...366..."]),
        new(Mode, "a ban is listed with who set it", ["a MODE $room +b bad", "a< :$A MODE $room +b bad!*@*", "a MODE $room +b", "a< :muxchat.local 367 $a $room bad!*@* $a ...", "a< :muxchat.local 368 $a $room :End of channel ban list"]),
        new(Mode, "bans are seen from outside", ["a MODE $room +b bad", "a< ...", "x MODE $room b", "x< :muxchat.local 367 $x $room bad!*@* $a ...", "x< :muxchat.local 368 $x $room :End of channel ban list"]),
        new(Mode, "a ban twice is one", ["a MODE $room +b bad", "a< ...", "a MODE $room +b BAD!*@*", "a MODE $room b", "a< :muxchat.local 367 $a $room bad!*@* $a ...", "a< ...368..."]),
        new(Mode, "a ban is taken off", ["a MODE $room +b bad", "a< ...", "a MODE $room -b bad", "a< :$A MODE $room -b bad!*@*", "a MODE $room b", "a< ...368..."]),
        new("modern: EXCEPTS", "exceptions are for operators", ["a MODE $room +e *!*@friend", "a< ...", "a MODE $room e", "a< :muxchat.local 348 $a $room *!*@friend $a ...", "a< :muxchat.local 349 $a $room :End of channel exception list", "x MODE $room e", "x< :muxchat.local 482 $x $room :You're not channel operator"]),
        new("modern: INVEX", "those let in uninvited are for operators", ["a MODE $room +I *!*@friend", "a< ...", "a MODE $room I", "a< :muxchat.local 346 $a $room *!*@friend $a ...", "a< :muxchat.local 347 $a $room :End of channel invite exception list", "x MODE $room I", "x< :muxchat.local 482 $x $room :You're not channel operator"]),
        new(Mode, "a full list", [.. Enumerable.Range(0, 15).Select(n => $"a MODE $room +bbbb {n}a {n}b {n}c {n}d"), .. Enumerable.Repeat("a< ...MODE...", 15), "a MODE $room +b more", "a< :muxchat.local 478 $a $room b :Channel list is full"]),
        new(Mode, "who is banned is silent", ["a MODE $room +b $b", "a< ...", "b< ...", "b PRIVMSG $room :hi", "b< :muxchat.local 404 $b $room :Cannot send to channel", "a MODE $room +e $b", "a< ...", "b< ...", "b PRIVMSG $room :hi", "a< :$B PRIVMSG $room :hi"]),
        new(Mode, "who is banned and has a voice speaks", ["a MODE $room +bv $b $b", "a< :$A MODE $room +bv $b!*@* $b", "b< ...", "b PRIVMSG $room :hi", "a< :$B PRIVMSG $room :hi"]),
    ];

    private static IrcCase[] Doors() =>
    [
        new(Join, "who is banned does not enter", ["x PING 1", "x< ...PONG...", "a MODE $room +b *!~tester@*", "a< ...", "x JOIN $room", "x< :muxchat.local 474 $x $room :Cannot join channel (+b)"]),
        new("modern: EXCEPTS", "who is excepted enters", ["x PING 1", "x< ...PONG...", "a MODE $room +be *!~tester@* $x", "a< ...", "x JOIN $room", .. Entered]),
        new(Join, "who is not invited does not enter", ["a MODE $room +i", "a< ...", "x JOIN $room", "x< :muxchat.local 473 $x $room :Cannot join channel (+i)"]),
        new("modern: INVEX", "who is let in uninvited enters", ["x PING 1", "x< ...PONG...", "a MODE $room +iI $x", "a< ...", "x JOIN $room", .. Entered]),
        new(Join, "a key that is missing or wrong", ["a MODE $room +k sesame", "a< ...", "x JOIN $room", "x< :muxchat.local 475 $x $room :Cannot join channel (+k)", "x JOIN $room poppy", "x< :muxchat.local 475 $x $room :Cannot join channel (+k)"]),
        new(Join, "a key that is right", ["a MODE $room +k sesame", "a< ...", "x JOIN $room sesame", .. Entered]),
        new(Join, "keys go with the rooms in their order", ["a MODE $room +k sesame", "a< ...", "x JOIN $room2,$room other,sesame", "x< :$X JOIN $room2", "x< :$X JOIN $room", "x< ...353...", "x< ...366 $x $room2 ...", "x< ...353...", "x< ...366 $x $room ...", "a< :$X JOIN $room"]),
        new(Join, "a full room", ["a MODE $room +l 1", "a< ...", "x JOIN $room", "x< :muxchat.local 471 $x $room :Cannot join channel (+l)"]),
        new(Invite, "an invitation is told and opens", ["x PING 1", "x< ...PONG...", "a MODE $room +ikl sesame 1", "a< ...", "a INVITE $x $room", "a< :muxchat.local 341 $a $x $room", "x< :$A INVITE $x $room", "x JOIN $room", .. Entered]),
        new(Invite, "an invitation opens once", ["x PING 1", "x< ...PONG...", "a MODE $room +i", "a< ...", "a INVITE $x $room", "a< ...341...", "x< ...INVITE...", "x JOIN $room", .. Entered, "x PART $room", "x< ...PART...", "a< ...PART...", "x JOIN $room", "x< :muxchat.local 473 $x $room :Cannot join channel (+i)"]),
        new(Invite, "an invitation opens no ban", ["x PING 1", "x< ...PONG...", "a MODE $room +b $x", "a< ...", "a INVITE $x $room", "a< ...341...", "x< ...INVITE...", "x JOIN $room", "x< :muxchat.local 474 $x $room :Cannot join channel (+b)"]),
        new(Invite, "who is no operator does not invite where it takes one", ["x PING 1", "x< ...PONG...", "a MODE $room +i", "a< ...", "b< ...", "b INVITE $x $room", "b< :muxchat.local 482 $b $room :You're not channel operator"]),
        new(Invite, "who is in may invite elsewhere", ["x PING 1", "x< ...PONG...", "a PING 1", "a< ...PONG...", "b INVITE $x $room", "b< :muxchat.local 341 $b $x $room", "x< :$B INVITE $x $room"]),
        new(Invite, "one who is in already", ["a INVITE $b $room", "a< :muxchat.local 443 $a $b $room :is already on channel"]),
        new(Invite, "nobody", ["a INVITE nobody $room", "a< :muxchat.local 401 $a nobody :No such nick/channel"]),
        new(Invite, "to a room that there is not", ["x INVITE $a $room2", "x< :muxchat.local 403 $x $room2 :No such channel", "a PING 1", "a< ...PONG..."]),
        new(Invite, "to a room one is not in", ["a PING 1", "a< ...PONG...", "x INVITE $a $room", "x< :muxchat.local 442 $x $room :You're not on that channel"]),
        new(Invite, "without a room", ["a INVITE nobody", "a< :muxchat.local 461 $a INVITE :Not enough parameters"]),
        new(Invite, "of one who is away", ["x AWAY :lunch", "x< ...306...", "a INVITE $x $room", "a< :muxchat.local 341 $a $x $room", "a< :muxchat.local 301 $a $x :lunch", "x< ...INVITE..."]),
        new("IRCv3 invite-notify", "invitations are shown to who wants it", ["a CAP REQ invite-notify", "a< ...ACK...", "b PING 1", "b< ...PONG...", "x PING 1", "x< ...PONG...", "b INVITE $x $room", "b< ...341...", "x< :$B INVITE $x $room", "a< :$B INVITE $x $room"]),
        new(Kick, "somebody is put out", ["a KICK $room $b :enough", "a< :$A KICK $room $b :enough", "b< :$A KICK $room $b :enough", "b PRIVMSG $room :hi", "b< :muxchat.local 404 $b $room :Cannot send to channel"]),
        new(Kick, "without a comment it is the nick", ["a KICK $room $b", "a< :$A KICK $room $b :$a", "b< :$A KICK $room $b :$a"]),
        new(Kick, "who is put out may come again", ["a KICK $room $b", "a< ...", "b< ...KICK...", "b JOIN $room", "b< :$B JOIN $room", "b< :muxchat.local 353 $b = $room :$b @$a", "b< ...366...", "a< :$B JOIN $room"]),
        new(Kick, "several", ["a KICK $room $b,$c :out", "a< :$A KICK $room $b :out", "a< :$A KICK $room $c :out", "b< :$A KICK $room $b :out", "c< :$A KICK $room $b :out", "c< :$A KICK $room $c :out"]),
        new(Kick, "who is no operator puts nobody out", ["a PING 1", "a< ...PONG...", "b KICK $room $a", "b< :muxchat.local 482 $b $room :You're not channel operator"]),
        new(Kick, "one who is elsewhere", ["x PING 1", "x< ...PONG...", "a KICK $room $x", "a< :muxchat.local 441 $a $x $room :They aren't on that channel"]),
        new(Kick, "nobody", ["a KICK $room nobody", "a< :muxchat.local 401 $a nobody :No such nick/channel"]),
        new(Kick, "from a room that there is not", ["a KICK $room2 $a", "a< :muxchat.local 403 $a $room2 :No such channel"]),
        new(Kick, "from a room one is not in", ["a PING 1", "a< ...PONG...", "x KICK $room $a", "x< :muxchat.local 442 $x $room :You're not on that channel"]),
        new(Kick, "without a nick", ["a KICK $room", "a< :muxchat.local 461 $a KICK :Not enough parameters"]),
        new(Kick, "oneself", ["a KICK $room $a :bye", "a< :$A KICK $room $a :bye", "b< :$A KICK $room $a :bye"]),
    ];

    private static IrcCase[] Silence() =>
    [
        new("Bahamut, ircu: 437", "who is banned keeps its nick and is silent in every way",
        [
            "a MODE $room +b $b", "a< ...", "b< ...", "b NICK $z",
            "b< :muxchat.local 437 $b $room :Cannot change nickname while banned on channel", "b TOPIC $room :buy it",
            "b< :muxchat.local 404 $b $room :you are banned from $room: you may read, but not speak",
            "b PART $room :buy it", "b< :$B PART $room",
            "a< :$B PART $room", "b NICK $z", "b< :$B NICK $z",
        ]),
        new("Bahamut: 437", "a silent member of a moderated room keeps its nick",
        [
            "a MODE $room +m", "a< ...", "b< ...", "b NICK $z",
            "b< :muxchat.local 437 $b $room :Cannot change nickname while banned or moderated on channel", "a MODE $room +v $b", "a< ...",
            "b< ...", "b NICK $z", "b< :$B NICK $z", "a< :$B NICK $z",
        ]),
        new("InspIRCd, ngIRCd", "a banned member shows no words by AWAY, SETNAME and QUIT",
        [
            "a CAP REQ :away-notify setname", "a< ...ACK...", "a MODE $room +b $b", "a< ...", "b< ...", "b AWAY :buy it",
            "b< :muxchat.local 306 $b :You have been marked as being away", "b SETNAME :buy it",
            "b< :muxchat.local NOTICE $b :Cannot change the realname while banned on a channel", "b CAP REQ :setname", "b< ...ACK...",
            "b SETNAME :buy it", "b< FAIL SETNAME CANNOT_CHANGE_REALNAME :Cannot change the realname while banned on a channel",
            "b QUIT :buy it", "b< ERROR ...", "b< END", "a< :$B QUIT :",
        ]),
        new("InspIRCd, ngIRCd", "a silent member of a moderated room shows no words by AWAY, SETNAME and QUIT",
        [
            "a CAP REQ :away-notify setname", "a< ...ACK...", "a MODE $room +m", "a< ...", "b< ...", "b CAP REQ :setname", "b< ...ACK...",
            "b AWAY :buy it", "b< ...306...", "b SETNAME :buy it", "b< :$B SETNAME :buy it", "b QUIT :buy it", "b< ERROR ...", "b< END",
                "a< :$B QUIT :",
        ]),
    ];

    private static IrcCase[] Sights() =>
    [
        new(Prefix, "an operator in NAMES, WHO and WHOIS", ["x NAMES $room", "x< :muxchat.local 353 $x = $room :@$a", "x< ...366...", "x WHO $room", "x< ... $a H@ :0 A tester", "x< ...315...", "x WHOIS $a", "x< ...311...", "x< :muxchat.local 319 $x $a :@$room", "x< ...312...", "x< ...317...", "x< ...318..."]),
        new(Prefix, "a voice in NAMES", ["a MODE $room +v $b", "a< ...", "b< ...", "b NAMES $room", "b< :muxchat.local 353 $b = $room :+$b @$a", "b< ...366..."]),
        new("IRCv3 multi-prefix", "both signs for who wants them", ["a MODE $room +v $a", "a< ...", "a NAMES $room", "a< :muxchat.local 353 $a = $room :@$a", "a< ...366...", "a CAP REQ multi-prefix", "a< ...ACK...", "a NAMES $room", "a< :muxchat.local 353 $a = $room :@+$a", "a< ...366...", "a WHO $a", "a< ... $a H@+ :0 A tester", "a< ...315..."]),
        new(Mode, "a secret room is not listed, named or shown from outside", ["a MODE $room +s", "a< ...", "x LIST $room", "x< ...321...", "x< ...323...", "x NAMES $room", "x< :muxchat.local 366 $x $room :End of /NAMES list", "x WHO $room", "x< ...315...", "x TOPIC $room", "x< :muxchat.local 403 $x $room :No such channel", "x WHOIS $a", "x< ...311...", "x< ...312...", "x< ...317...", "x< ...318..."]),
        new(Mode, "a secret room is none for who is outside", ["a MODE $room +s", "a< ...", .. NoRoom]),
        new(Mode, "a room with a key is none for who is outside",
        [
            "a MODE $room +k sesame", "a< ...", .. NoRoom, "x JOIN $room", "x< :muxchat.local 475 $x $room :Cannot join channel (+k)",
        ]),
        new("RFC 2812 3.6.1", "who is invisible is not seen from outside",
        [
            "a PING 1", "a< ...PONG...", "b MODE $b +i", "b< ...", "x NAMES $room", "x< :muxchat.local 353 $x = $room :@$a", "x< ...366...",
            "x WHO $room", "x< ... $a H@ :0 A tester", "x< ...315...", "x WHO $b", "x< :muxchat.local 352 $x * ...", "x< ...315...",
            "x WHOIS $b", "x< ...311...", "x< ...312...", "x< ...317...", "x< ...318...",
        ]),
        new("RFC 2812 3.6.1", "who is invisible is seen from within",
        [
            "a PING 1", "a< ...PONG...", "b MODE $b +i", "b< ...", "a NAMES $room", "a< :muxchat.local 353 $a = $room :$b @$a",
            "a< ...366...",
        ]),
        new(Mode, "a secret room is seen from within", ["a MODE $room +s", "a< ...", "a LIST $room", "a< ...321...", "a< :muxchat.local 322 $a $room 1 :", "a< ...323...", "a NAMES $room", "a< :muxchat.local 353 $a @ $room :@$a", "a< ...366..."]),
        new(Mode, "what was said under a key is shown to who has the key, also when everybody had left",
            ["a MODE $room +k sesame", "a< ...", "a PRIVMSG $room :a secret", "a PART $room", "a< ...PART...", "x JOIN $room",
                "x< :muxchat.local 475 $x $room :Cannot join channel (+k)", "x JOIN $room sesame", "x< ...JOIN...", "x< ...353...",
                    "x< ...366...",
                "x< ...PRIVMSG $room :a secret"]),
        new(Mode, "CTCP to a room where it is allowed", ["a MODE $room -C", "a< ...", "b< ...", "a PRIVMSG $room :\\x01VERSION\\x01", "b< :$A PRIVMSG $room :\\x01VERSION\\x01", "b NOTICE $room :\\x01VERSION x\\x01", "a< :$B NOTICE $room :\\x01VERSION x\\x01"]),
        new(Mode, "CTCP to a room is not shown on lines and frames", ["l /mode -C", "l< ...", "f {\"type\":\"ping\",\"token\":\"1\"}", "f< {\"type\":\"mode\",\"room\":\"$room\",\"seq\":\"...\",\"time\":\"...\",\"nick\":\"$l\",\"modes\":\"-C\"}", "f< {\"type\":\"pong\",\"token\":\"1\"}", "a< :$L MODE $room -C", "a PRIVMSG $room :\\x01VERSION\\x01", "a PING 1", "a< ...PONG..."]),
        new(Status, "to operators alone", ["a PING 1", "a< ...PONG...", "b PING 1", "b< ...PONG...", "c PRIVMSG @$room :help", "a< :$C PRIVMSG @$room :help"]),
        new(Status, "to voices and operators", ["a MODE $room +v $b", "a< ...", "b< ...", "c< ...", "c PRIVMSG +$room :help", "a< :$C PRIVMSG +$room :help", "b< :$C PRIVMSG +$room :help"]),
        new(Status, "a notice", ["a PING 1", "a< ...PONG...", "b NOTICE @$room :help", "a< :$B NOTICE @$room :help"]),
        new(Status, "from outside", ["a PING 1", "a< ...PONG...", "x PRIVMSG @$room :help", "x< :muxchat.local 404 $x @$room :Cannot send to channel"]),
        new(Status, "to a room that there is not", ["x PRIVMSG @$room2 :help", "x< :muxchat.local 403 $x @$room2 :No such channel"]),
        new(Status, "one's own comes back with echo-message", ["t PRIVMSG @$room :help", "t< @time=... :$T PRIVMSG @$room :help"]),
    ];

    private static string[] NoRoom =>
    [
        "x MODE $room", "x< :muxchat.local 403 $x $room :No such channel", "x MODE $room b",
            "x< :muxchat.local 403 $x $room :No such channel", "x MODE $room +m", "x< :muxchat.local 403 $x $room :No such channel",
        "x PRIVMSG $room :hi", "x< :muxchat.local 403 $x $room :No such channel", "x PRIVMSG @$room :hi",
            "x< :muxchat.local 403 $x @$room :No such channel", "x NOTICE $room :hi",
        "x KICK $room $a", "x< :muxchat.local 403 $x $room :No such channel", "x PART $room",
            "x< :muxchat.local 403 $x $room :No such channel", "x INVITE $a $room", "x< :muxchat.local 403 $x $room :No such channel",
        "x TOPIC $room :mine", "x< :muxchat.local 403 $x $room :No such channel", "x CHATHISTORY LATEST $room * 5",
            "x< FAIL CHATHISTORY INVALID_TARGET LATEST $room :Messages could not be retrieved",
    ];
}
