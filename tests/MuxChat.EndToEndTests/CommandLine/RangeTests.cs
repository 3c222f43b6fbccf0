using System.Globalization;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary>
/// A server at the ends of its options: it starts, two people talk, it stops. That these are the ends, and that nothing is taken beyond
/// them, is tested in process:
/// UnitTests, Server/OptionTests.
/// </summary>
public sealed class RangeTests
{
    // Two clients must fit, each with a room, and their names; so what would keep them out has the least that lets them in.
    private static readonly (string Name, int Least, int Most)[] Ends =
    [
        ("--max-clients", 2, 1_000_000),
        ("--accepts-per-tick", 1, 100_000),
        ("--read-bytes-per-tick", 512, 16 * 1024 * 1024),
        ("--coalesce-us", 0, 100_000),
        ("--max-per-ip", 1, 1_000_000),
        ("--connect-rate", 1, 1_000_000),
        ("--max-queued-mb", 1, 1_000_000),
        ("--outbox-hard-bytes", 4096, int.MaxValue),
        ("--outbox-soft-bytes", 1024, int.MaxValue),
        ("--outbox-soft-s", 1, 2_147_483),
        ("--flood-burst", 1, 1_000_000),
        ("--flood-rate", 1, 1_000_000),
        ("--flood-error-cost", 0, 1000),
        ("--max-errors-in-row", 1, 1_000_000),
        ("--idle-ping-s", 1, 2_147_482),
        ("--idle-close-s", 2, 2_147_483),
        ("--max-line-bytes", 64, 16 * 1024),
        ("--max-frame-bytes", 64, 4 * 1024 * 1024),
        ("--max-rooms", 1, 1_000_000),
        ("--max-rooms-per-client", 1, 1000),
        ("--history", 0, 1_000_000),
        ("--history-mb", 1, 1_000_000),
        ("--replay", 0, 1000),
        ("--retain-mb", 0, 1_000_000),
        ("--retain-days", 0, 36_500),
    ];

    public static TheoryData<string, int> Each =>
        [.. Ends.SelectMany(end => new (string, int)[] { (end.Name, end.Least), (end.Name, end.Most) })];

    [Theory]
    [EveryIo]
    public void Server_talks_with_all_its_options_at_their_least(string io) => Talk(io, [.. Ends.Select(end => (end.Name, end.Least))]);

    [Theory]
    [EveryIo]
    public void Server_talks_with_all_its_options_at_their_greatest(string io) => Talk(io, [.. Ends.Select(end => (end.Name, end.Most))]);

    [Theory]
    [MemberData(nameof(Each))]
    [Trait("run", "deep")]
    public void Server_talks_with_one_option_at_an_end(string name, int value) => Talk("auto", (name, value));

    private static void Talk(string io, params (string Name, int Value)[] options)
    {
        using var data = new DataFolder();
        using var server = ServerProcess.Start(
            ["--io", io, "--data", data.Path, .. options.SelectMany(option =>
                new[] { option.Name, option.Value.ToString(CultureInfo.InvariantCulture) })]);
        using var alice = server.ConnectLines();

        // Each listener accepts for itself under threads: without this the second to connect may be the first who is in.
        alice.Sync();
        using var robot = server.ConnectFrames();
        alice.ReadUntil(line => line == "* guest-2 joined #lobby");
        robot.Sync();
        alice.Send("hello");
        robot.ReadUntil(frame => (string?)frame["type"] == "said" && (string?)frame["text"] == "hello");
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }
}
