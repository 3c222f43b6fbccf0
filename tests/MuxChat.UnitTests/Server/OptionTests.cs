using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Framing;
using MuxChat.Core.Loop;
using MuxChat.Server.Options;
using MuxChat.Storage;

namespace MuxChat.UnitTests.Server;

/// <summary>Every option there is: the help shows it and its default, and a value that is given is what holds.</summary>
public sealed partial class OptionTests
{
    public static TheoryData<string> Names => [.. OptionTable.All.Select(row => row.Name)];

    public static TheoryData<string> NumberOptions => OptionMistakeTests.NumberOptions;

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_names_each_option_once_with_its_default(string name)
    {
        var option = OptionTable.Find(name);
        var shown = (option.Alias is null ? name : $"{option.Alias}, {name}") + $" <{option.ValueName}>";
        foreach (var arguments in (string[][])[["--help"], ["serve", "--help"]])
        {
            var run = CommandLineRun.Of(arguments);
            Assert.Equal((0, 0, null), (run.ExitCode, run.Errors.Count, run.Served));
            var line = Assert.Single(run.Output, line => line.TrimStart().StartsWith(shown + "  ", StringComparison.Ordinal));
            Assert.EndsWith($"[default: {option.Default}]", line, StringComparison.Ordinal);
        }
    }

    /// <summary>The whole help, word for word; see <see cref="WrittenDocument"/> about how to write it anew.</summary>
    [Fact]
    public void Help_is_as_it_was()
    {
        var help = CommandLineRun.Of("--help").Output
            .Select(line => line.Replace(" MuxChat.UnitTests ", " muxchat ", StringComparison.Ordinal));
        WrittenDocument.ExpectSame("tests/MuxChat.UnitTests/Server/help.txt", string.Join('\n', help) + "\n");
    }

    [Fact]
    public void Help_names_no_option_that_is_not_parsed()
    {
        var named = CommandLineRun.Of("--help").Output.Select(line => HelpedOption().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["name"].Value);
        Assert.Equal([.. OptionTable.All.Select(row => row.Name).Append("--help").Append("--version").Order()], named.Order());
    }

    [Fact]
    public void Help_names_every_command()
    {
        var help = CommandLineRun.Of("--help").Output;
        Assert.All((string[])["serve  ", "hash  ", "cert <DIR>  ", "journal  "],
            command => Assert.Single(help, line => line.TrimStart().StartsWith(command, StringComparison.Ordinal)));
        var journal = CommandLineRun.Of("journal", "--help").Output;
        Assert.All((string[])["check <DIR>  ", "repair <DIR>  ", "dump <DIR> <ROOM>  "],
            command => Assert.Single(journal, line => line.TrimStart().StartsWith(command, StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_options_the_limits_are_those_of_the_core()
    {
        var served = Served();
        Assert.Equal(new LoopLimits(), served.Loop);
        Assert.Equal(new ClientLimits { OutputPauseBytes = (int)served.Loop.SlowConsumer.SoftBytes }, served.Clients);
        Assert.Equal(new ChatLimits { HistoryAnswerBytes = served.Chat.HistoryAnswerBytes }, served.Chat);
        Assert.Equal(new JournalOptions { HistoryEvents = served.Chat.History }, served.Journal);
        Assert.Equal((FrameLimits.DefaultLineBytes, FrameLimits.DefaultFrameBytes), (served.MaxLineBytes, served.MaxFrameBytes));
        Assert.Equal(("auto", "#lobby", "Information"), (served.Io, Encoding.UTF8.GetString(served.Lobby), $"{served.LogLevel}"));
    }

    [Theory]
    [MemberData(nameof(NumberOptions))]
    public void Number_that_is_given_holds_on_the_command_line_and_in_the_variable(string name)
    {
        var other = (int.Parse(OptionTable.Find(name).Default, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        var needed = Needed(name);
        var given = Shown(CommandLineRun.Of([name, other, .. needed]));
        Assert.NotEqual(Shown(CommandLineRun.Of(needed)), given);
        var variable = OptionTable.Find(name).Variable;
        Assert.Equal(given, Shown(CommandLineRun.Of(needed, new() { [variable] = other })));
        Assert.Equal(given, Shown(CommandLineRun.Of(["serve", name, other, .. needed], new() { [variable] = "nonsense" })));
        Assert.Equal(Shown(CommandLineRun.Of()), Shown(CommandLineRun.Of([], new() { [variable] = "" })));
    }

    /// <summary>Each number arrives where its own row reads it, and where no other row does: no two rows have the same place.</summary>
    [Theory]
    [MemberData(nameof(NumberOptions))]
    public void Number_that_is_given_arrives_where_it_belongs_and_nowhere_else(string name)
    {
        var value = int.Parse(OptionTable.Find(name).Default, CultureInfo.InvariantCulture) + 1;
        var before = Served(Needed(name));
        var served = Served([name, value.ToString(CultureInfo.InvariantCulture), .. Needed(name)]);
        Assert.All(OptionTable.All.Where(row => row.Number is not null), row =>
            Assert.Equal((row.Name, row.Name == name ? value : row.Number!.Get(before)), (row.Name, row.Number!.Get(served))));
    }

    /// <summary>By hand and not by the table, so that a row that reads and writes the same wrong place or unit is seen.</summary>
    [Fact]
    public void Numbers_that_are_given_arrive_in_these_limits()
    {
        var served = Served(
            "--max-clients", "101", "--accepts-per-tick", "102", "--read-bytes-per-tick", "8103", "--coalesce-us", "104",
            "--max-per-ip", "105", "--connect-rate", "106", "--max-queued-mb", "107", "--outbox-hard-bytes", "800108",
            "--outbox-soft-bytes", "400109", "--outbox-soft-s", "11", "--flood-burst", "112", "--flood-rate", "113",
            "--flood-error-cost", "14", "--max-errors-in-row", "115", "--idle-ping-s", "116", "--idle-close-s", "217",
            "--max-line-bytes", "4118", "--max-frame-bytes", "30119", "--max-rooms", "120", "--max-rooms-per-client", "21",
            "--history", "122", "--history-mb", "123", "--replay", "24", "--data", "d", "--retain-mb", "125", "--retain-days", "126",
            "--max-file-mb", "127", "--files-mb", "1280", "--max-uploads", "129", "--max-uploads-per-client", "13");
        var loop = served.Loop;
        Assert.Equal((101, 102, 8103, 104), (loop.Clients, loop.AcceptsPerTick, loop.ReadBytesPerTick, loop.CoalesceUs));
        Assert.Equal((105, 106, 107L << 20), (loop.ClientsPerAddress, loop.ConnectsPerMinute, loop.QueuedBytes));
        var slow = loop.SlowConsumer;
        Assert.Equal((800_108, 400_109, 11_000), (slow.HardBytes, slow.SoftBytes, slow.SoftMs));
        var client = served.Clients;
        Assert.Equal((112, 113, 14, 115), (client.FloodBurst, client.FloodPerSecond, client.ErrorCost, client.ErrorsInRow));
        Assert.Equal((116_000, 217_000, 400_109), (client.IdlePingMs, client.IdleCloseMs, client.OutputPauseBytes));
        Assert.Equal((4118, 4118, 30_119), (served.MaxLineBytes, served.Chat.TextBytes, served.MaxFrameBytes));
        Assert.Equal((120, 21, 122, 123L << 20, 24),
            (served.Chat.Rooms, served.Chat.RoomsPerClient, served.Chat.History, served.Chat.HistoryBytes, served.Chat.Replay));
        Assert.Equal((125L << 20, TimeSpan.FromDays(126)), (served.Journal.RetainBytes, served.Journal.RetainFor));
        var files = served.Chat.Files;
        Assert.Equal((127L << 20, 1280L << 20, 129, 13), (files.FileBytes, files.TotalBytes, files.Uploads, files.UploadsPerClient));
    }

    /// <summary>
    /// What an option takes is what its own message says, up to both ends; and at each of them, alone, the server has its options.
    /// </summary>
    [Theory]
    [MemberData(nameof(NumberOptions))]
    public void Number_holds_from_its_least_to_its_greatest_and_no_further(string name)
    {
        var range = Range().Match(CommandLineRun.Of(name, "none").ExpectMistake());
        var (min, max) = (long.Parse(range.Groups["least"].Value, CultureInfo.InvariantCulture),
            long.Parse(range.Groups["most"].Value, CultureInfo.InvariantCulture));
        foreach (var end in (long[])[min, max])
        {
            Assert.Equal(end, ValueOf(name, Served([name, end.ToString(CultureInfo.InvariantCulture), .. Needed(name)])));
        }

        CommandLineRun.Of(name, (min - 1).ToString(CultureInfo.InvariantCulture)).ExpectMistake();
        CommandLineRun.Of(name, (max + 1).ToString(CultureInfo.InvariantCulture)).ExpectMistake();
    }

    [Theory]
    [InlineData("--outbox-hard-bytes", "100000", "--outbox-soft-bytes", 25_000)]
    [InlineData("--outbox-hard-bytes", "4096", "--outbox-soft-bytes", 1024)]
    [InlineData("--outbox-hard-bytes", "262144", "--outbox-soft-bytes", 262_144)]
    [InlineData("--outbox-soft-bytes", "2000000", "--outbox-hard-bytes", 8_000_000)]
    [InlineData("--outbox-soft-bytes", "2147483647", "--outbox-hard-bytes", 2_147_483_647)]
    [InlineData("--idle-ping-s", "300", "--idle-close-s", 600)]
    [InlineData("--idle-ping-s", "240", "--idle-close-s", 480)]
    [InlineData("--idle-ping-s", "239", "--idle-close-s", 240)]
    [InlineData("--idle-ping-s", "2147482", "--idle-close-s", 2_147_483)]
    [InlineData("--idle-close-s", "60", "--idle-ping-s", 30)]
    [InlineData("--idle-close-s", "2", "--idle-ping-s", 1)]
    [InlineData("--max-file-mb", "1000", "--files-mb", 1000)]
    [InlineData("--files-mb", "3", "--max-file-mb", 3)]
    public void Default_makes_way_for_the_other_of_its_pair(string given, string value, string other, long follows)
    {
        Assert.Equal(follows, ValueOf(other, Served(given, value)));
        var run = CommandLineRun.Of([], new() { [OptionTable.Find(given).Variable] = value });
        Assert.Equal(follows, ValueOf(other, run.Served!));
    }

    [Theory]
    [InlineData("MUXCHAT_MAX_CLINTS", "MUXCHAT_MAX_CLIENTS")]
    [InlineData("MUXCHAT_PASWORD", "MUXCHAT_PASSWORD")]
    [InlineData("MUXCHAT_HISTORY_MIB", "MUXCHAT_HISTORY_MB")]
    [InlineData("MUXCHAT_OPERATOR", "MUXCHAT_OPER")]
    [InlineData("MUXCHAT_LISTEN_", "MUXCHAT_LISTEN")]
    public void Variable_of_no_option_is_known_with_the_one_most_like_it(string name, string nearest) => Assert.Equal(
        [(name, nearest)],
        CommandLineRun.Of([], new() { [name] = "5", ["MUXCHAT_IO"] = "select", ["PATH"] = "/bin", ["MUXCHAT_ROM"] = "" })
            .Served!.UnknownVariables);

    [Fact]
    public void Words_and_texts_that_are_given_hold()
    {
        var served = Served("--room", "tea", "--motd", "a.txt", "--data", "d", "--io", "async", "--flood", "off", "--limit-loopback", "on",
            "--durability", "os", "-v");
        Assert.Equal(("#tea", "a.txt", "d", "async"), (Encoding.UTF8.GetString(served.Lobby), served.MotdFile, served.Data, served.Io));
        Assert.Equal("#tea", Encoding.UTF8.GetString(Served("--room", "#tea").Lobby));
        Assert.Equal((false, true, "Os", "Debug"),
            (served.Clients.Flood, served.Loop.LimitLoopback, $"{served.Journal.Durability}", $"{served.LogLevel}"));
    }

    [Theory]
    [InlineData("Debug", "-v")]
    [InlineData("Debug", "--log-level")]
    [InlineData("Debug", "--log-level", "debug")]
    [InlineData("Trace", "-v", "trace")]
    [InlineData("Critical", "--log-level", "critical")]
    [InlineData("Debug", "-v", "--io", "select")]
    public void Log_level_has_two_names_and_none_is_debug(string level, params string[] arguments) =>
        Assert.Equal(level, $"{Served(arguments).LogLevel}");

    [Fact]
    public void Listeners_are_given_several_times_or_with_spaces_in_the_variable()
    {
        string[] both = ["line://127.0.0.1:1", "frame://[::1]:2"];
        Assert.Equal(both, Served("--listen", both[0], "--listen", both[1]).Listen.Select(listen => listen.ToString()));
        var run = CommandLineRun.Of([], new() { ["MUXCHAT_LISTEN"] = string.Join(' ', both) });
        Assert.Equal(both, run.Served!.Listen.Select(listen => listen.ToString()));
    }

    // What an option is nothing without.
    private static string[] Needed(string name) => OptionTable.Find(name).Needs?.Split(' ') ?? [];

    private static ServerOptions Served(params string[] arguments)
    {
        var run = CommandLineRun.Of(arguments);
        Assert.Equal((0, 0, 0), (run.ExitCode, run.Errors.Count, run.Output.Count));
        Assert.NotNull(run.Served);
        return run.Served;
    }

    private static long ValueOf(string name, ServerOptions served) => OptionTable.Find(name).Number!.Get(served);

    // Everything that was read, so that two can be compared: records print all that they hold.
    private static string Shown(CommandLineRun run)
    {
        Assert.True(run.Served is not null, string.Join('\n', run.Errors));
        var listen = string.Join(' ', run.Served.Listen.Select(listen => listen.ToString()));
        return $"{listen} {Encoding.UTF8.GetString(run.Served.Lobby)} {run.Served}";
    }

    [GeneratedRegex(@": it takes a whole number from (?<least>\d+) to (?<most>\d+)$")]
    private static partial Regex Range();

    [GeneratedRegex(@"^ +(-[^-], |-\?, )*(?<name>--[a-z0-9-]+)")]
    private static partial Regex HelpedOption();
}
