using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Hostile members who may run commands: no shell reads what they write, nothing else is run, and others hear nothing.</summary>
internal static class RunsOnLines
{
    private const int Many = 30;
    private const string Unknown = "! this command is not one that the server runs";
    private const string NotAllowed = "! argument 1 is not allowed: number {\\d+}";
    private const string Control = "! an argument contains a control character";
    private const string Quote = "! a quote is not closed, or the line contains a NUL";

    private static readonly string[] ForShells =
    [
        "; id", "$(id) `id` ${HOME} $HOME ~ *", "| cat > /tmp/{mark}", "&& reboot || true & ",
        "> /tmp/{mark} < /etc/passwd 2>&1", "'a b' \\n # x",
    ];

    private static readonly (string Name, string Sent, string Answer)[] Refused =
    [
        ("a command that is not listed", "/run sh -c id", Unknown),
        ("the path of a command", "/run /bin/echo x", Unknown),
        ("a path that climbs", "/run ../../bin/sh", Unknown),
        ("a command's name in capitals", "/run ECHO x", Unknown),
        ("a command's name in quotes", "/run \"echo\" x", Unknown),
        ("a command's name with a look-alike", "/run еcho x", Unknown),
        ("an argument that ends a pattern's match", "/run number 1;2", NotAllowed),
        ("an option instead of a number", "/run number --help", NotAllowed),
        ("a digit of another script", "/run number ٣", NotAllowed),
        ("an empty argument", "/run number \"\"", NotAllowed),
        ("a number and more in quotes", "/run number \"1 2\"", NotAllowed),
        ("too many arguments", "/run number 1 2", "! there are too many arguments: number {\\d+}"),
        ("no argument", "/run number", "! an argument is missing: number {\\d+}"),
        ("arguments for a command without any", "/run sleep 0", "! sleep takes no arguments"),
        ("33 arguments", "/run echo" + string.Concat(Enumerable.Repeat(" a", 33)),
            "! the arguments are too long: at most 32 with 4096 bytes are allowed"),
        ("an escape sequence", "/run echo \u001b[2J", Control),
        ("a bell in quotes", "/run echo \"a\u0007b\"", Control),
        ("a tab", "/run echo a\tb", Control),
        ("a C1 control", "/run echo \u009b2J", Control),
        ("an open quote", "/run echo \"{mark}", Quote),
        ("an escaped quote at the end", "/run echo \"{mark}\\\"", Quote),
        ("a NUL", "/run echo a\0b", Quote),
    ];

    public static IEnumerable<HostileCase> All =>
    [
        .. ForShells.Select((words, i) => Line($"words for a shell, {i + 1}", Sends($"/run echo a {words}\n"), Gets("* run echo:"),
            Gets("* | a " + string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries))), Gets("* run echo: exit 0"))),
        .. Refused.Select(one => Line(one.Name, Sends(one.Sent + "\n"), Gets(one.Answer))),
        Line("not UTF-8", Sends([.. "/run echo "u8, 0xFF, (byte)'\n']), Gets("! the line is not UTF-8: it was dropped")),
        Line("output that controls a terminal", Sends("/run print \\033[2J\\007\\377\\302\\233x\\r\\n\n"), Gets("* run print:"),
            Gets("* | \\x1B[2J\\x07\\xFF\\xC2\\x9Bx"), Gets("* run print: exit 0")),
        Line("output that looks like the server's lines and another's", Sends("/run print \\n*·run·print:·exit·9\\n<{line}>·hi\\n\n"),
            Gets("* run print:"), Gets("* | "), Gets("* | *·run·print:·exit·9"), Gets("* | <{line}>·hi"), Gets("* run print: exit 0")),
        Line("output without an end of a line", Sends("/run print a\n"), Gets("* run print:"), Gets("* | a"), Gets("* run print: exit 0")),
        Line("a flood of runs", Floods("/run echo {mark}\n", Many), ReadsUntil("* run echo: exit 0", Many)),
        Line("a flood of refused runs", Floods("/run sh\n", Many), Gets(Unknown, Many)),
        Line("much output, read", Sends("/run zeros\n"), ReadsUntil("* run zeros: exit 0")),
        new HostileCase("lines: run: words that follow a run are carried out after it", "line", [Sends("/run echo a\n/quit\n"),
            Gets("* run echo:"), Gets("* | a"), Gets("* run echo: exit 0"), Gets("* goodbye: you quit")], HostileEnd.Quit())
        { IsForLoop = true },
        new HostileCase("lines: run: much output, never read, and a reset", "line", [Sends("/run zeros\n")], HostileEnd.ResetsItself)
        { IsForLoop = true },
        new HostileCase("lines: run: a reset while a command runs", "line", [Sends("/run sleep\n"), Gets("* run sleep:")],
            HostileEnd.ResetsItself) { IsForLoop = true },
    ];

    private static HostileCase Line(string name, params HostileStep[] steps) =>
        HostileCase.Line($"lines: run: {name}", HostileEnd.StaysOpen, steps) with { IsForLoop = true };
}
