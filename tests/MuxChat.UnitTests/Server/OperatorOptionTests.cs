using MuxChat.Server.Commands;

namespace MuxChat.UnitTests.Server;

/// <summary>
/// What <c>--oper</c> and <c>--password</c> take. A message about them repeats nothing of the value: it may be a password.
/// </summary>
public sealed class OperatorOptionTests
{
    private const string Salt = "c2FsdHNhbHRzYWx0c2FsdA==";
    private const string Hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string Alice = "alice:pbkdf2-sha256$1000$" + Salt + "$" + Hash;

    [Theory]
    [InlineData("alice")]
    [InlineData("alice:")]
    [InlineData("alice:secret")]
    [InlineData(":pbkdf2-sha256$1000$" + Salt + "$" + Hash)]
    [InlineData("al ice:pbkdf2-sha256$1000$" + Salt + "$" + Hash)]
    [InlineData("1st:pbkdf2-sha256$1000$" + Salt + "$" + Hash)]
    [InlineData("alice:pbkdf2-sha1$1000$" + Salt + "$" + Hash)]
    [InlineData("alice:pbkdf2-sha256$999$" + Salt + "$" + Hash)]
    [InlineData("alice:pbkdf2-sha256$10000001$" + Salt + "$" + Hash)]
    [InlineData("alice:pbkdf2-sha256$-1000$" + Salt + "$" + Hash)]
    [InlineData("alice:pbkdf2-sha256$1000$c2FsdA==$" + Hash)]
    [InlineData("alice:pbkdf2-sha256$1000$!$" + Hash)]
    [InlineData("alice:pbkdf2-sha256$1000$" + Salt + "$AAAA")]
    [InlineData("alice:pbkdf2-sha256$1000$" + Salt + "$" + Hash + "AAAA")]
    [InlineData("alice:pbkdf2-sha256$1000$" + Salt + "$" + Hash + "$")]
    public void Malformed_operator_is_one_line_and_exit_code_2(string given)
    {
        ExpectMistake("--oper takes NAME:HASH", given, CommandLineRun.Of("--oper", given));
        if (!given.Contains(' ', StringComparison.Ordinal))
        {
            ExpectMistake("--oper takes NAME:HASH", given, CommandLineRun.Of([], new() { ["MUXCHAT_OPER"] = given }));
        }
    }

    [Fact]
    public void Operator_given_twice_is_one_line_and_exit_code_2() =>
        ExpectMistake("--oper alice is given twice", Hash, CommandLineRun.Of("--oper", Alice, "--oper", Alice));

    [Fact]
    public void Operators_are_those_given()
    {
        var bob = "bob" + Alice["alice".Length..];
        Assert.Equal(["alice", "bob"], CommandLineRun.Of("--oper", Alice, "--oper", bob).Served!.Operators.Keys.Order());
        Assert.Equal(["alice", "bob"], CommandLineRun.Of([], new() { ["MUXCHAT_OPER"] = $"{Alice} {bob}" }).Served!.Operators.Keys.Order());
        Assert.Empty(CommandLineRun.Of().Served!.Operators);
    }

    [Theory]
    [InlineData("198.51.100.1")]
    [InlineData("198.51.100.1:secret")]
    [InlineData(":pbkdf2-sha256$1000$" + Salt + "$" + Hash)]
    [InlineData("gate.example:pbkdf2-sha256$1000$" + Salt + "$" + Hash)]
    [InlineData("2001:db8::1:pbkdf2-sha256$1000$" + Salt + "$" + Hash)]
    [InlineData("[198.51.100.1]:pbkdf2-sha256$1000$" + Salt + "$" + Hash)]
    [InlineData("198.51.100.0/24:pbkdf2-sha256$1000$" + Salt + "$" + Hash)]
    public void Malformed_gateway_is_one_line_and_exit_code_2(string given) =>
        ExpectMistake("--gateway takes ADDRESS:HASH", given, CommandLineRun.Of("--gateway", given));

    [Fact]
    public void Gateways_and_proxies_are_those_given()
    {
        var hash = Alice["alice:".Length..];
        var served = CommandLineRun.Of("--gateway", "192.0.2.1:" + hash, "--gateway", "[2001:db8::1]:" + hash, "--proxy-from", "10.0.0.0/8",
            "--proxy-from", "::1").Served!;
        Assert.Equal(["192.0.2.1", "2001:db8::1"], served.Gateways.Keys.Select(static one => one.ToString()));
        Assert.Equal(2, served.Proxies.Count);
        ExpectMistake("--gateway 192.0.2.1 is given twice", hash,
            CommandLineRun.Of("--gateway", "192.0.2.1:" + hash, "--gateway", "192.0.2.1:" + hash));
    }

    [Fact]
    public void Password_that_no_client_could_give_is_one_line_and_exit_code_2()
    {
        ExpectMistake("--password: a password is 1 to 256 bytes", " secret", CommandLineRun.Of("--password", " secret"));
        ExpectMistake("--password: a password is 1 to 256 bytes", "sec\u0007ret", CommandLineRun.Of("--password", "sec\u0007ret"));
        ExpectMistake("--password: a password is 1 to 256 bytes", "secret ",
            CommandLineRun.Of([], new() { ["MUXCHAT_PASSWORD"] = "secret " }));
        ExpectMistake("--password is given 2 times", "secret", CommandLineRun.Of("--password", "secret", "--password", "secret"));
        Assert.NotNull(CommandLineRun.Of("--password", "secret").Served!.Password);
        Assert.Null(CommandLineRun.Of().Served!.Password);
    }

    [Fact]
    public void Password_that_no_client_could_give_has_no_hash()
    {
        foreach (var input in (string[])["", "\n", " a\n", "a \n", "a\tb\u0007\n", new string('x', 257) + "\n", new string('x', 10_000)])
        {
            var line = CommandLineRun.WithInput(input, "hash").ExpectMistake();
            Assert.StartsWith("muxchat: hash: a password is 1 to 256 bytes", line, StringComparison.Ordinal);
        }

        Assert.Equal(0, CommandLineRun.WithInput(new string('x', 256) + "\n", "hash").ExitCode);
    }

    [Fact]
    public void Hash_has_a_new_salt_each_time_and_is_of_one_line_with_any_end()
    {
        var salts = new HashSet<string>();
        foreach (var input in (string[])["secret\n", "secret\r\n", "secret", "secret\nnot this\n"])
        {
            var printed = Assert.Single(CommandLineRun.WithInput(input, "hash").Output);
            Assert.True(salts.Add(printed.Split('$')[2]));
            Assert.True(PasswordHash.TryParse(printed, out var hash));
            Assert.True(hash!.IsRight("secret"u8));
            Assert.False(hash.IsRight("secret\r"u8));
        }
    }

    private static void ExpectMistake(string says, string value, CommandLineRun run)
    {
        var line = run.ExpectMistake();
        Assert.StartsWith("muxchat: " + says, line, StringComparison.Ordinal);
        Assert.DoesNotContain(value.Trim(), line.Replace("alice is given", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
