using System.Security.Cryptography;
using System.Text;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary>
/// <c>muxchat hash</c> and <c>--oper</c> through the built program; what they take and refuse is tested in process:
/// UnitTests, Server/OperatorOptionTests.
/// </summary>
public sealed class HashTests
{
    private static readonly string[] Questions = ["Password: ", "Again: "];

    [Theory]
    [InlineData("correct horse")]
    [InlineData("пароль: $ and 世界")]
    public void Hash_is_one_line_that_says_how_it_was_made(string password)
    {
        var ended = Muxchat.RunWithInput(password + "\n", "hash");

        Assert.Equal(0, ended.ExitCode);
        Assert.Empty(ended.Errors);
        var parts = Assert.Single(ended.Output).Split('$');
        Assert.Equal(4, parts.Length);
        Assert.Equal(("pbkdf2-sha256", "600000"), (parts[0], parts[1]));
        var salt = Convert.FromBase64String(parts[2]);
        Assert.Equal(16, salt.Length);
        var derived = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, 600_000, HashAlgorithmName.SHA256, 32);
        Assert.Equal(Convert.ToBase64String(derived), parts[3]);
    }

    [Fact]
    public void Password_that_no_client_could_give_is_one_line_and_exit_code_2() =>
        ExpectMistake("hash: a password is 1 to 256 bytes", Muxchat.RunWithInput(" a\n", "hash"));

    [Fact]
    public void Malformed_operator_is_one_line_and_exit_code_2()
    {
        ExpectMistake("--oper takes NAME:HASH", Muxchat.Run(["--oper", "alice:secret"]));
        ExpectMistake("--oper takes NAME:HASH", Muxchat.Run([], new Dictionary<string, string> { ["MUXCHAT_OPER"] = "alice:secret" }));
    }

    [Fact]
    public void Hash_at_a_terminal_asks_twice_and_shows_nothing_that_is_typed()
    {
        using var terminal = new TerminalProcess("hash");
        terminal.ReadTo("Password: ");
        terminal.Type("correct horsf\u007Fe\r");
        Assert.Equal("\r\nAgain: ", terminal.ReadTo("Again: "));
        terminal.Type("correct horse\r");
        Assert.Matches(@"^\r\npbkdf2-sha256\$600000\$\S+\r\n$", terminal.ReadToEnd());
        Assert.Equal(0, terminal.WaitForExit());
    }

    [Theory]
    [InlineData("hash: the two passwords differ", "horse\r", "hors\r")]
    [InlineData("hash: a password is 1 to 256 bytes", "\r")]
    [InlineData("hash: standard input ended without a password", "\u0004")]
    [InlineData("hash: standard input ended without a password", "hors\u0004")]
    [InlineData("hash: standard input ended without a password", "horse\r", "\u0004")]
    public void Hash_at_a_terminal_that_gets_no_password_ends_with_one_line_and_exit_code_2(string says, params string[] typed)
    {
        using var terminal = new TerminalProcess("hash");
        foreach (var (question, answer) in Questions.Zip(typed))
        {
            terminal.ReadTo(question);
            terminal.Type(answer);
        }

        Assert.StartsWith($"\r\nmuxchat: {says}", terminal.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(2, terminal.WaitForExit());
    }

    // One line, and nothing in it of the value: it may be a password.
    private static void ExpectMistake(string says, ProgramRun ended)
    {
        var line = Assert.Single(ended.Errors);
        Assert.StartsWith("muxchat: " + says, line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
        Assert.Equal(2, ended.ExitCode);
        Assert.Empty(ended.Output);
    }
}
