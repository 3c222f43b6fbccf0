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
        var named = CommandLineRun.Of("--help").Output.Select(line => HelpedOption().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value);
        Assert.Equal([.. OptionTable.All.Select(row => row.Name).Append("--help").Append("--version").Order()], named.Order());
    }

    [Fact]
    public void Help_names_every_command()
    {
        var help = CommandLineRun.Of("--help").Output;
        Assert.All((string[])["serve  ", "hash  ", "journal  "], command => Assert.Single(help, line => line.TrimStart().StartsWith(command, StringComparison.Ordinal)));
        var journal = CommandLineRun.Of("journal", "--help").Output;
        Assert.All((string[])["check <DIR>  ", "repair <DIR>  ", "dump <DIR> <ROOM>  "], command => Assert.Single(journal, line => line.TrimStart().StartsWith(command, StringComparison.Ordinal)));
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
        var served = Served("--room", "tea", "--motd", "a.txt", "--data", "d", "--io", "async", "--flood", "off", "--limit-loopback", "on", "--durability", "os", "-v");
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
    public void Log_level_has_two_names_and_none_is_debug(string level, params string[] arguments) => Assert.Equal(level, $"{Served(arguments).LogLevel}");

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
