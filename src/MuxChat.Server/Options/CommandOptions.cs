using MuxChat.Core.Chat.Operators;

namespace MuxChat.Server.Options;

/// <summary>The options of the admin's commands. Invariant: an <c>exec</c> listener beyond this machine is for members.</summary>
internal static class CommandOptions
{
    private const string Group = "Commands";
    private const string NeedsCommand = "--command now=/bin/date";
    private const string Members = "members";
    private const int KiB = 1024;
    private const int MaxSeconds = 3600;
    private const int MaxOutputKiB = 64 * KiB;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The rows.</summary>
    public static readonly OptionRow[] Rows =
    [
        OptionTable.Text(Group, "--command", "NAME=/PATH", "none",
            "A program that server operators may run, and its arguments: uptime=/usr/bin/uptime; may be given several times.",
            "Nothing else can be run, and no shell takes part. [Commands](COMMANDS.md) has the grammar. The variable holds one on each"
                + " line.",
            (served, row, values) => served with { Commands = values.IsGiven(row) ? Read(values.Lines(row)) : [] }),
        OptionTable.Words(Group, "--command-for", "operators|members", "operators", ["operators", Members],
            "Clients that may run the commands of --command.",
            "`members` lets everyone in the chat run them, and lets an `exec` listener be on any address.",
            (served, word) => CheckListeners(served with { AreCommandsForMembers = word == Members })) with
        { Needs = NeedsCommand },
        OptionRow.OfNumber(Group, "--command-s", 1, MaxSeconds, "Seconds that a command may take.",
            "Time of one command, from its start. The server then kills its process group, and the answer says so.",
            served => served.CommandLimits.Seconds,
            (served, number) => served with { CommandLimits = served.CommandLimits with { Seconds = number } }) with
        { Needs = NeedsCommand },
        OptionRow.OfNumber(Group, "--command-output-kb", 1, MaxOutputKiB, "Output of a command, in KiB.",
            "Standard output and standard error of one command together. The server then kills its process group, and the answer says so.",
            served => served.CommandLimits.OutputBytes / KiB,
            (served, number) => served with { CommandLimits = served.CommandLimits with { OutputBytes = (long)number * KiB } }) with
        { Needs = NeedsCommand },
    ];

    private static List<AllowedProgram> Read(IReadOnlyList<string> all)
    {
        if (OperatingSystem.IsWindows())
        {
            throw Wrong("--command works on Unix only: this system has no process groups");
        }

        var programs = new List<AllowedProgram>();
        foreach (var given in all)
        {
            if (!AllowedProgram.TryParse(given, out var program, out var mistake))
            {
                throw Wrong($"--command {given}: {mistake}");
            }

            if (programs.Exists(one => one.Name == program!.Name))
            {
                throw Wrong($"--command {program!.Name} is given twice: once is enough");
            }

            CheckFile(program!);
            programs.Add(program!);
        }

        return programs;
    }

    private static void CheckFile(AllowedProgram program)
    {
        var path = program.Path;
        var fault = Directory.Exists(path) ? $"{path} is a directory, and no program"
            : !File.Exists(path) ? $"there is no file {path}"
            : File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false } target
                ? $"{path} is a link to {target.FullName}, which does not exist"
            : !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Executable) == 0 ? $"{path} is not executable" : "";
        if (fault.Length > 0)
        {
            throw Wrong($"--command {program.Name}: {fault}");
        }
    }

    private static ServerOptions CheckListeners(ServerOptions served)
    {
        foreach (var uri in served.Listen.Where(static uri => uri.IsExec))
        {
            if (served.Commands.Count == 0)
            {
                throw Wrong($"--listen {uri} does nothing without --command: give both, or leave it out");
            }

            if (!uri.IsOfThisMachine && !served.AreCommandsForMembers)
            {
                throw Wrong($"--listen {uri}: exec asks for no login, so it needs a loopback address, a Unix socket,"
                    + " or --command-for members");
            }

            if (!uri.IsOfThisMachine && served.Password is not null)
            {
                throw Wrong($"--listen {uri}: exec asks for no password, so with --password it needs a loopback address or a Unix socket");
            }
        }

        return served;
    }

    private static StartupException Wrong(string what) => new(StartupException.Usage, what);
}
