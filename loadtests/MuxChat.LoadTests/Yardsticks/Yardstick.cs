using System.Diagnostics;
using MuxChat.LoadTests.Wires;

namespace MuxChat.LoadTests.Yardsticks;

/// <summary>Another server that does the same work as MuxChat, to compare with: how to find it, start it, and speak to it.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Program">The program that must be installed.</param>
/// <param name="Package">Debian's package that has it.</param>
/// <param name="VersionOption">The option with which the program prints its version.</param>
/// <param name="Transport">What the simulated clients speak to it.</param>
/// <param name="Command">Writes its configuration, and returns the words that start it.</param>
internal sealed record Yardstick(string Name, string Program, string Package, string VersionOption, Transport Transport,
    Func<YardstickPlace, IReadOnlyList<string>> Command)
{
    /// <summary>All yardsticks.</summary>
    public static IReadOnlyList<Yardstick> All { get; } =
    [
        new("floor", "gcc", "gcc", "--version",
            Speaking("floor", static index => new FloorWire(index)) with { MaxPayloadBytes = 1_000 }, YardstickFiles.Floor),
        new("redis", "redis-server", "redis-server", "--version", Speaking("redis", static _ => new RedisWire()), YardstickFiles.Redis),

        // The kernel keeps 10 connections for ngIRCd until it accepts them. Another one is tried again after a second.
        new("ngircd", "ngircd", "ngircd", "--version", Transport.Irc("ngircd") with { LoginsAtOnce = 8 }, YardstickFiles.NgIrcd),

        // InspIRCd welcomes newcomers once a second.
        new("inspircd", "inspircd", "inspircd", "--version", Transport.Irc("inspircd") with { LoginsAtOnce = 512 },
            YardstickFiles.InspIrcd),
        new("nats", "nats-server", "nats-server", "--version",
            Speaking("nats", static _ => new NatsWire()) with { HasOneOrder = false }, YardstickFiles.Nats),
        new("mosquitto", "mosquitto", "mosquitto", "-h", Speaking("mosquitto", static _ => new MqttWire()), YardstickFiles.Mosquitto),
    ];

    /// <summary>Where programs are looked for: the folders of PATH, and those of servers, which are not in every PATH.</summary>
    public static IReadOnlyList<string> Folders { get; } =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/usr/local/sbin"];

    /// <summary>The yardstick of a name; null if there is none.</summary>
    public static Yardstick? Find(string name) => All.FirstOrDefault(yardstick => yardstick.Name == name);

    /// <summary>Whether its program is installed.</summary>
    public bool IsInstalled => ProgramIn(Folders) is not null;

    /// <summary>The program's file.</summary>
    /// <param name="folders">Where to look.</param>
    /// <exception cref="LoadException">It is in none of the folders.</exception>
    public string FindProgram(IReadOnlyList<string> folders) => ProgramIn(folders)
        ?? throw new LoadException($"--with {Name}: {Program} is not installed (Debian: apt-get install {Package})");

    /// <summary>Starts it and waits until it answers a client.</summary>
    /// <exception cref="LoadException">It is not installed, or did not start.</exception>
    public YardstickServer Start() => YardstickServer.Start(this);

    /// <summary>The first line that the program prints about its version.</summary>
    public string VersionOf(string program)
    {
        var start = new ProcessStartInfo(program, [VersionOption]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new LoadException($"{program} could not be started");
        var text = process.StandardOutput.ReadToEnd();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? Program;
    }

    private string? ProgramIn(IReadOnlyList<string> folders) =>
        folders.Where(static folder => folder.Length > 0).Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists);

    private static Transport Speaking(string name, Func<int, IWire> wire) => new(name, "", false, () => wire);
}
