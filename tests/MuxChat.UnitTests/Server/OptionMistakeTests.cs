using MuxChat.Server.Options;

namespace MuxChat.UnitTests.Server;

/// <summary>
/// What an admin does wrong on the command line: one line that says what is right, and exit code 2. OperatorErrorTests
/// runs a few through the program.
/// </summary>
public sealed class OptionMistakeTests
{
    /// <summary>Every option that takes a number, by its name.</summary>
    public static TheoryData<string> NumberOptions => [.. OptionTable.All.Where(row => row.Number is not null).Select(row => row.Name)];

    [Theory]
    [InlineData("--room \\u{1B}[2J\\u{9B}a\\u{202E}: a room name", "--room", "\u001b[2J\u009ba\u202e")]
    [InlineData("--listen \\u{1B}[2J: a listen URI", "--listen", "\u001b[2J")]
    [InlineData("--\\u{7}", "--\a")]
    [InlineData("the path \\u{1B}[2J must", "--command", "up=\u001b[2J")]
    [InlineData("the pattern {\\q}: ", "--command", "up=/bin/true {\\q}")]
    [InlineData("--nick \\u{1B}[2J: ", "talk", "--nick", "\u001b[2J")]
    [InlineData("\\u{1B}[2J: ", "talk", "\u001b[2J")]
    [InlineData("--server \\u{1B}[2J: ", "say", "--server", "\u001b[2J", "--room", "tea", "hi")]
    public void Mistake_shows_what_was_given_without_characters_that_control_a_terminal(string says, params string[] arguments)
    {
        var line = CommandLineRun.Of(arguments).ExpectMistake();
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, static character => char.IsControl(character) || character == '\u202E');
    }

    [Theory]
    [InlineData("there is no option --pasword: do you mean --password? A text that begins with it goes after --", "--pasword", "secret")]
    [InlineData("there is no option --frob: A text", "hi", "--frob=1")]
    [InlineData("there is no option -n: ", "-n", "bob")]
    [InlineData("--timeout-s 0: ", "--timeout-s", "0", "-5", "degrees", "-", "--", "--frob")]
    public void Word_that_looks_like_an_option_is_no_text(string says, params string[] words) =>
        Assert.Contains(says, CommandLineRun.Of(["say", "--room", "tea", .. words]).ExpectMistake(), StringComparison.Ordinal);

    [Theory]
    [InlineData("'--bogus'", "--bogus")]
    [InlineData("'nonsense'", "nonsense")]
    [InlineData("'extra'", "serve", "extra")]
    [InlineData("'-x'", "-x")]
    [InlineData("there is no option --lisen: do you mean --listen? (", "--lisen", "auto://127.0.0.1:0")]
    [InlineData("there is no option --lisen: do you mean --listen? (", "--lisen=auto://127.0.0.1:0")]
    [InlineData("there is no option --max-client: do you mean --max-clients? (", "--room", "#a", "--max-client", "7")]
    [InlineData("there is no option --LISTEN: do you mean --listen? (", "--LISTEN", "auto://127.0.0.1:0")]
    [InlineData("'--listen'", "--listen")]
    [InlineData("--listen nonsense: a listen URI is ", "--listen", "nonsense")]
    [InlineData("--origin chat.example: an origin is http://HOST or https://HOST", "--origin", "chat.example")]
    [InlineData("--origin https://chat.example/page: an origin is", "--origin", "https://chat.example/page")]
    [InlineData("--origin ftp://chat.example: an origin is", "--origin", "ftp://chat.example")]
    [InlineData("--origin https://u@chat.example: an origin is", "--origin", "https://u@chat.example")]
    [InlineData("--listen gopher://127.0.0.1:80: a listen URI is ", "--listen", "gopher://127.0.0.1:80")]
    [InlineData("--listen auto://127.0.0.1: the port is missing: auto://127.0.0.1:7070", "--listen", "auto://127.0.0.1")]
    [InlineData("--io uring: it takes auto, select, epoll, threads, async", "--io", "uring")]
    [InlineData("--flood maybe: it takes on, off", "--flood", "maybe")]
    [InlineData("--log-level loud: it takes trace, debug, ", "--log-level", "loud")]
    [InlineData("--room a b: a room name is # and 1 to 63 characters", "--room", "a b")]
    [InlineData("--room : a room name is # and 1 to 63 characters", "--room", "")]
    [InlineData("--room a\\u{200B}: a room name is # and 1 to 63 characters", "--room", "a\u200b")]
    [InlineData("--max-clients 0: it takes a whole number from 1 to ", "--max-clients", "0")]
    [InlineData("--max-clients many: it takes a whole number from 1 to ", "--max-clients", "many")]
    [InlineData("--max-clients 1.5: it takes a whole number from 1 to ", "--max-clients", "1.5")]
    [InlineData("--max-line-bytes 63: it takes a whole number from 64 to 16384", "--max-line-bytes", "63")]
    [InlineData("--max-line-bytes 16385: it takes a whole number from 64 to 16384", "--max-line-bytes", "16385")]
    [InlineData("--max-frame-bytes 5000000: it takes a whole number from 64 to 4194304", "--max-frame-bytes", "5000000")]
    [InlineData("--limit-loopback maybe: it takes on, off", "--limit-loopback", "maybe")]
    [InlineData("--durability sometimes: it takes fsync, os, none", "--durability", "sometimes")]
    [InlineData("--retain-days x: it takes a whole number from 0 to 36500", "--retain-days", "x")]
    [InlineData("--proxy-from 10.0.0.1/8: bits are set after the first 8: write 10.0.0.0/8", "--proxy-from", "10.0.0.1/8")]
    [InlineData("--proxy-from localhost: it takes an address or a block: ", "--proxy-from", "localhost")]
    [InlineData("--proxy-from ::1/129: the number after the slash is from 0 to 128", "--proxy-from", "::1/129")]
    [InlineData("--public-url chat.example: it is http://HOST or https://HOST", "--public-url", "chat.example")]
    [InlineData("--public-url ftp://chat.example: it is http", "--public-url", "ftp://chat.example")]
    [InlineData("--public-url https://u:p@chat.example: it is http", "--public-url", "https://u:p@chat.example")]
    [InlineData("--public-url https://chat.example/?a: it is http", "--public-url", "https://chat.example/?a")]
    [InlineData("--public-url https://chat.example/#a: it is http", "--public-url", "https://chat.example/#a")]
    [InlineData("--public-url https://chät.example: it is http", "--public-url", "https://chät.example")]
    [InlineData("--public-url https://chat.example/a b: it is http", "--public-url", "https://chat.example/a b")]
    [InlineData("--public-url does nothing without an http or auto listener",
        "--public-url", "https://a", "--listen", "line://127.0.0.1:0")]
    [InlineData("--max-file-mb 20 with --files-mb 10: --max-file-mb takes a whole number from 0 to 10 here",
        "--max-file-mb", "20", "--files-mb", "10")]
    [InlineData("--max-file-mb 4097: it takes a whole number from 0 to 4096", "--max-file-mb", "4097")]
    [InlineData("--files-mb 0: it takes a whole number from 1 to 1000000", "--files-mb", "0")]
    [InlineData("--io is given 2 times: once is enough", "--io", "select", "--io", "epoll")]
    public void Bad_option_is_one_line_and_exit_code_2(string says, params string[] arguments)
    {
        Assert.Contains(says, CommandLineRun.Of(arguments).ExpectMistake(), StringComparison.Ordinal);
        if (arguments[0] is not ("serve" or "nonsense"))
        {
            Assert.Contains(says, CommandLineRun.Of(["serve", .. arguments]).ExpectMistake(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("help")]
    [InlineData("help", "journal")]
    public void Help_as_a_command_prints_what_the_option_prints(params string[] arguments)
    {
        var help = CommandLineRun.Of(arguments);
        Assert.Equal((0, null), (help.ExitCode, help.Served));
        Assert.Equal(CommandLineRun.Of([.. arguments[1..], "--help"]).Output, help.Output);
    }

    [Theory]
    [InlineData("start", "serve")]
    [InlineData("run", "serve")]
    [InlineData("sreve", "serve")]
    [InlineData("jornal", "journal")]
    [InlineData("chek", "check", "journal")]
    public void Command_that_is_unknown_is_one_line_with_the_one_that_is_meant(string given, string meant, params string[] before) =>
        Assert.Equal($"muxchat: there is no command {given}: do you mean {meant}? (muxchat --help lists the options)",
            CommandLineRun.Of([.. before, given]).ExpectMistake());

    [Theory]
    [MemberData(nameof(NumberOptions))]
    public void Option_that_takes_a_number_refuses_what_is_none_or_out_of_its_range(string name)
    {
        var (min, max) = (OptionTable.Find(name).Number!.Min, (long)OptionTable.Find(name).Number!.Max);
        foreach (var value in (string[])["many", "", "1.5", " 1", "1e3", "0x10", "99999999999", $"{min - 1}", $"{max + 1}"])
        {
            Assert.Equal($"muxchat: {name} {value}: it takes a whole number from {min} to {max}",
                CommandLineRun.Of(name, value).ExpectMistake());
            if (value.Length > 0)
            {
                var variable = OptionTable.Find(name).Variable;
                Assert.Equal($"muxchat: {variable} {value}: it takes a whole number from {min} to {max}",
                    CommandLineRun.Of([], new() { [variable] = value }).ExpectMistake());
            }
        }
    }

    [Theory]
    [InlineData("--greet does nothing without an echo or upper listener: give both, or leave --greet out", "--greet", "byebye")]
    [InlineData("--greet does nothing without an echo or upper listener: give both, or leave --greet out",
        "--greet", "byebye", "--listen", "upper+udp://127.0.0.1:0")]
    [InlineData("--oper-uid does nothing without a +unix listener: give both, or leave --oper-uid out", "--oper-uid", "root")]
    [InlineData("--oper-uid no-such-user: this machine has no such user",
        "--oper-uid", "no-such-user", "--listen", "line+unix:///tmp/a.sock")]
    public void Option_that_would_do_nothing_is_a_mistake(string says, params string[] arguments) =>
        Assert.Equal($"muxchat: {says}", CommandLineRun.Of(arguments).ExpectMistake());

    [Theory]
    [InlineData("--admin 127.0.0.1:1: an address for admins is http://HOST:PORT, such as http://127.0.0.1:7071", "--admin", "127.0.0.1:1")]
    [InlineData("--admin http://127.0.0.1: an address for admins is http://HOST:PORT, such as http://127.0.0.1:7071",
        "--admin", "http://127.0.0.1")]
    [InlineData("--admin https://127.0.0.1:1: an address for admins is http://HOST:PORT, such as http://127.0.0.1:7071",
        "--admin", "https://127.0.0.1:1")]
    [InlineData("--admin http://127.0.0.1:1/loop: an address for admins is http://HOST:PORT, such as http://127.0.0.1:7071",
        "--admin", "http://127.0.0.1:1/loop")]
    [InlineData("--admin http://a@127.0.0.1:1: an address for admins is http://HOST:PORT, such as http://127.0.0.1:7071",
        "--admin", "http://a@127.0.0.1:1")]
    [InlineData("--admin http://0.0.0.0:1: other machines can reach this address, so it needs --admin-token", "--admin", "http://0.0.0.0:1")]
    [InlineData("--admin http://chat.example:1: other machines can reach this address, so it needs --admin-token",
        "--admin", "http://127.0.0.1:1", "--admin", "http://chat.example:1")]
    [InlineData("--admin-token: a token has 16 to 256 letters, digits, or -._~", "--admin", "http://127.0.0.1:1", "--admin-token", "short")]
    [InlineData("--admin-token does nothing without --admin URI: give both, or leave --admin-token out",
        "--admin-token", "0123456789abcdef")]
    public void Address_for_admins_that_is_none_or_open_is_a_mistake(string says, params string[] arguments) =>
        Assert.Equal($"muxchat: {says}", CommandLineRun.Of(arguments).ExpectMistake());

    [Theory]
    [InlineData("http://127.0.0.1:7071")]
    [InlineData("http://127.0.0.1:80/")]
    [InlineData("http://[::1]:7071")]
    [InlineData("http://localhost:7071")]
    public void Address_of_this_machine_for_admins_needs_no_token(string given)
    {
        var admin = Assert.Single(CommandLineRun.Of("--admin", given).Served!.Admin);
        Assert.True(admin.IsAdmin);
        Assert.Equal(given.TrimEnd('/'), admin.ToString());
    }

    [Fact]
    public void Greeting_that_is_too_long_is_a_mistake() => Assert.Equal(
        "muxchat: --greet has 16385 bytes: at most 16384 are allowed",
        CommandLineRun.Of("--listen", "echo://127.0.0.1:0", "--greet", new string('x', 16_385)).ExpectMistake());

    [Fact]
    public void Every_option_but_the_listeners_and_the_operators_is_given_once()
    {
        string[] others =
        [
            "--listen", "--origin", "--admin", "--oper", "--oper-uid", "--proxy-from", "--gateway", "--log-level", "--tls-cert",
            "--tls-key", "--sts", "--command",
        ];
        foreach (var option in OptionTable.All.Where(option => !others.Contains(option.Name)))
        {
            var value = CommandLineRun.Of(option.Name, "7", option.Name, "7").ExpectMistake();
            Assert.StartsWith($"muxchat: {option.Name} is given 2 times: once is enough", value, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--idle-ping-s 10 with --idle-close-s 5: --idle-ping-s takes a whole number from 1 to 4 here",
        "--idle-ping-s", "10", "--idle-close-s", "5")]
    [InlineData("--idle-ping-s 5 with --idle-close-s 5: --idle-ping-s takes a whole number from 1 to 4 here",
        "--idle-ping-s", "5", "--idle-close-s", "5")]
    [InlineData("--idle-close-s 1: it takes a whole number from 2 to", "--idle-close-s", "1")]
    [InlineData("--outbox-soft-bytes 5000 with --outbox-hard-bytes 4096: --outbox-soft-bytes takes a whole number from 1024 to 4096 here",
        "--outbox-hard-bytes", "4096", "--outbox-soft-bytes", "5000")]
    [InlineData("--data is empty: it takes a path", "--data", "")]
    [InlineData("--motd is empty: it takes a path", "--motd", "")]
    public void Pair_that_clashes_and_path_that_is_empty_are_one_line_and_exit_code_2(string says, params string[] arguments) =>
        Assert.Contains(says, CommandLineRun.Of(arguments).ExpectMistake(), StringComparison.Ordinal);

    [Theory]
    [InlineData("--data DIR", "--durability", "os")]
    [InlineData("--data DIR", "--retain-mb", "8")]
    [InlineData("--data DIR", "--retain-days", "7")]
    public void Option_that_does_nothing_without_another_is_one_line_and_exit_code_2(string needed, string name, string value)
    {
        Assert.Equal($"muxchat: {name} does nothing without {needed}: give both, or leave {name} out",
            CommandLineRun.Of(name, value).ExpectMistake());
        var variable = OptionTable.Find(name).Variable;
        Assert.Equal($"muxchat: {variable} does nothing without {needed}: give both, or leave {variable} out",
            CommandLineRun.Of([], new() { [variable] = value }).ExpectMistake());
        Assert.NotNull(CommandLineRun.Of([name, value, .. needed.Split(' ')]).Served);
        Assert.NotNull(CommandLineRun.Of([], new()
        {
            [variable] = value,
            [OptionTable.Find(needed.Split(' ')[0]).Variable] = needed.Split(' ')[1]
        }).Served);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("repair")]
    [InlineData("dump")]
    public void Journal_command_without_the_name_of_a_directory_is_told_what_it_takes(string command) =>
        Assert.Contains("DIR is empty: it takes the directory", CommandLineRun.Of("journal", command, "").ExpectMistake(),
            StringComparison.Ordinal);

    [Fact]
    public void Clash_with_a_variable_names_the_variable()
    {
        var line = CommandLineRun.Of(["--idle-ping-s", "300"], new() { ["MUXCHAT_IDLE_CLOSE_S"] = "200" }).ExpectMistake();
        const string begins =
            "muxchat: --idle-ping-s 300 with MUXCHAT_IDLE_CLOSE_S 200: --idle-ping-s takes a whole number from 1 to 199 here";
        Assert.StartsWith(begins, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_variable_is_one_line_that_names_it()
    {
        var line = CommandLineRun.Of([], new() { ["MUXCHAT_MAX_CLIENTS"] = "many" }).ExpectMistake();
        Assert.StartsWith("muxchat: MUXCHAT_MAX_CLIENTS many: it takes a whole number", line, StringComparison.Ordinal);
    }
}
