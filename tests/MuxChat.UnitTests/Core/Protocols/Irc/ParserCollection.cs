namespace MuxChat.UnitTests.Core.Protocols.Irc;

/// <summary>
/// The cases of IRC's parser test collection (github.com/ircdocs/parser-tests, public domain by CC0; Daniel Oaks and others), as a table of
/// this project's form. Its tag values stand here as they are on the wire: the parser leaves them escaped.
/// </summary>
internal static class ParserCollection
{
    /// <summary>From msg-split: a line; its tags, source, command and parameters.</summary>
    public static readonly (string Line, string Tags, string Source, string Command, string[] Parameters)[] Splits =
    [
        ("foo bar baz asdf", "", "", "foo", ["bar", "baz", "asdf"]),
        (":coolguy foo bar baz asdf", "", "coolguy", "foo", ["bar", "baz", "asdf"]),
        ("foo bar baz :asdf quux", "", "", "foo", ["bar", "baz", "asdf quux"]),
        ("foo bar baz :", "", "", "foo", ["bar", "baz", ""]),
        ("foo bar baz ::asdf", "", "", "foo", ["bar", "baz", ":asdf"]),
        (":coolguy foo bar baz :asdf quux", "", "coolguy", "foo", ["bar", "baz", "asdf quux"]),
        (":coolguy foo bar baz :  asdf quux ", "", "coolguy", "foo", ["bar", "baz", "  asdf quux "]),
        (":coolguy PRIVMSG bar :lol :) ", "", "coolguy", "PRIVMSG", ["bar", "lol :) "]),
        (":coolguy foo bar baz :", "", "coolguy", "foo", ["bar", "baz", ""]),
        (":coolguy foo bar baz :  ", "", "coolguy", "foo", ["bar", "baz", "  "]),
        ("@a=b;c=32;k;rt=ql7 foo", "a=b;c=32;k;rt=ql7", "", "foo", []),
        (@"@a=b\\and\nk;c=72\s45;d=gh\:764 foo", @"a=b\\and\nk;c=72\s45;d=gh\:764", "", "foo", []),
        ("@c;h=;a=b :quux ab cd", "c;h=;a=b", "quux", "ab", ["cd"]),
        (":src JOIN #chan", "", "src", "JOIN", ["#chan"]),
        (":src JOIN :#chan", "", "src", "JOIN", ["#chan"]),
        (":src AWAY", "", "src", "AWAY", []),
        (":src AWAY ", "", "src", "AWAY", []),
        (":cool\tguy foo bar baz", "", "cool\tguy", "foo", ["bar", "baz"]),
        (":coolguy!ag@net\u00035w\u0003ork.admin PRIVMSG foo :bar baz", "", "coolguy!ag@net\u00035w\u0003ork.admin", "PRIVMSG",
            ["foo", "bar baz"]),
        (":coolguy!~ag@n\u0002et\u000305w\u000fork.admin PRIVMSG foo :bar baz", "", "coolguy!~ag@n\u0002et\u000305w\u000fork.admin",
            "PRIVMSG", ["foo", "bar baz"]),
        (
            "@tag1=value1;tag2;vendor1/tag3=value2;vendor2/tag4= :irc.example.com COMMAND param1 param2 :param3 param3",
            "tag1=value1;tag2;vendor1/tag3=value2;vendor2/tag4=", "irc.example.com", "COMMAND", ["param1", "param2", "param3 param3"]
        ),
        (":irc.example.com COMMAND param1 param2 :param3 param3", "", "irc.example.com", "COMMAND", ["param1", "param2", "param3 param3"]),
        (
            "@tag1=value1;tag2;vendor1/tag3=value2;vendor2/tag4 COMMAND param1 param2 :param3 param3",
            "tag1=value1;tag2;vendor1/tag3=value2;vendor2/tag4", "", "COMMAND", ["param1", "param2", "param3 param3"]
        ),
        ("COMMAND", "", "", "COMMAND", []),
        (@"@foo=\\\\\:\\s\s\r\n COMMAND", @"foo=\\\\\:\\s\s\r\n", "", "COMMAND", []),
        (
            ":gravel.mozilla.org 432  #momo :Erroneous Nickname: Illegal characters",
            "", "gravel.mozilla.org", "432", ["#momo", "Erroneous Nickname: Illegal characters"]
        ),
        (":gravel.mozilla.org MODE #tckk +n ", "", "gravel.mozilla.org", "MODE", ["#tckk", "+n"]),
        (":services.esper.net MODE #foo-bar +o foobar  ", "", "services.esper.net", "MODE", ["#foo-bar", "+o", "foobar"]),
        (@"@tag1=value\\ntest COMMAND", @"tag1=value\\ntest", "", "COMMAND", []),
        (@"@tag1=value\1 COMMAND", @"tag1=value\1", "", "COMMAND", []),
        (@"@tag1=value1\ COMMAND", @"tag1=value1\", "", "COMMAND", []),
        ("@tag1=1;tag2=3;tag3=4;tag1=5 COMMAND", "tag1=1;tag2=3;tag3=4;tag1=5", "", "COMMAND", []),
        ("@tag1=1;tag2=3;tag3=4;tag1=5;vendor/tag2=8 COMMAND", "tag1=1;tag2=3;tag3=4;tag1=5;vendor/tag2=8", "", "COMMAND", []),
        (":SomeOp MODE #channel :+i", "", "SomeOp", "MODE", ["#channel", "+i"]),
        (":SomeOp MODE #channel +oo SomeUser :AnotherUser", "", "SomeOp", "MODE", ["#channel", "+oo", "SomeUser", "AnotherUser"]),
    ];

    /// <summary>
    /// From msg-join, those without tags (which are not built by <c>IrcLine</c>): the atoms, and the lines that are right for them.
    /// </summary>
    public static readonly (string Source, string Command, string[] Parameters, string[] Right)[] Joins =
    [
        ("", "foo", ["bar", "baz", "asdf"], ["foo bar baz asdf", "foo bar baz :asdf"]),
        ("src", "AWAY", [], [":src AWAY"]),
        ("src", "AWAY", [""], [":src AWAY :"]),
        ("coolguy", "foo", ["bar", "baz", "asdf"], [":coolguy foo bar baz asdf", ":coolguy foo bar baz :asdf"]),
        ("", "foo", ["bar", "baz", "asdf quux"], ["foo bar baz :asdf quux"]),
        ("", "foo", ["bar", "baz", ""], ["foo bar baz :"]),
        ("", "foo", ["bar", "baz", ":asdf"], ["foo bar baz ::asdf"]),
        ("coolguy", "foo", ["bar", "baz", "asdf quux"], [":coolguy foo bar baz :asdf quux"]),
        ("coolguy", "foo", ["bar", "baz", "  asdf quux "], [":coolguy foo bar baz :  asdf quux "]),
        ("coolguy", "PRIVMSG", ["bar", "lol :) "], [":coolguy PRIVMSG bar :lol :) "]),
        ("coolguy", "foo", ["bar", "baz", ""], [":coolguy foo bar baz :"]),
        ("coolguy", "foo", ["bar", "baz", "  "], [":coolguy foo bar baz :  "]),
        ("coolguy", "foo", ["b\tar", "baz"], [":coolguy foo b\tar baz", ":coolguy foo b\tar :baz"]),
    ];

    /// <summary>From mask-match: a mask, what it matches, and what it does not.</summary>
    public static readonly (string Mask, string[] Matches, string[] Fails)[] Masks =
    [
        ("*@127.0.0.1", ["coolguy!ab@127.0.0.1", "cooldud3!~bc@127.0.0.1"], ["coolguy!ab@127.0.0.5", "cooldud3!~d@124.0.0.1"]),
        ("cool*@*", ["coolguy!ab@127.0.0.1", "cooldud3!~bc@127.0.0.1", "cool132!ab@example.com"],
            ["koolguy!ab@127.0.0.5", "cooodud3!~d@124.0.0.1"]),
        (
            "cool!*@*",
            ["cool!guyab@127.0.0.1", "cool!~dudebc@127.0.0.1", "cool!312ab@example.com"],
            ["coolguy!ab@127.0.0.1", "cooldud3!~bc@127.0.0.1", "koolguy!ab@127.0.0.5", "cooodud3!~d@124.0.0.1"]
        ),
        ("cool!?username@*", ["cool!ausername@127.0.0.1", "cool!~username@127.0.0.1"], ["cool!username@127.0.0.1"]),
        ("cool!a?*@*", ["cool!ab@127.0.0.1", "cool!abc@127.0.0.1"], ["cool!a@127.0.0.1"]),
        ("cool[guy]!*@*", ["cool[guy]!guy@127.0.0.1", "cool[guy]!a@example.com"], ["coolg!ab@127.0.0.1", "cool[!ac@127.0.1.1"]),
    ];

    /// <summary>From userhost-split: a source and its nick, user and host.</summary>
    public static readonly (string Source, string Nick, string User, string Host)[] UserHosts =
    [
        ("coolguy!ag@127.0.0.1", "coolguy", "ag", "127.0.0.1"),
        ("coolguy!~ag@localhost", "coolguy", "~ag", "localhost"),
        ("coolguy@127.0.0.1", "coolguy", "", "127.0.0.1"),
        ("coolguy!ag", "coolguy", "ag", ""),
        ("coolguy!ag@net\u00035w\u0003ork.admin", "coolguy", "ag", "net\u00035w\u0003ork.admin"),
        ("coolguy!~ag@n\u0002et\u000305w\u000fork.admin", "coolguy", "~ag", "n\u0002et\u000305w\u000fork.admin"),
    ];

    /// <summary>From validate-hostname: host names that a server may show.</summary>
    public static readonly string[] HostNames =
        ["irc.example.com", "i.coolguy.net", "irc-srv.net.uk", "iRC.CooLguY.NeT", "gsf.ds342.co.uk", "324.net.uk", "xn--bcher-kva.ch"];

    /// <summary>From validate-hostname: those that it may not.</summary>
    public static readonly string[] NoHostNames = ["-lol-.net.uk", "-lol.net.uk", "_irc._sctp.lol.net.uk", "irc", "com", ""];
}
