using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary><c>muxchat hash</c>, and what <c>--oper</c> and <c>--password</c> take.</summary>
public sealed class HashTests
{
    private const string Salt = "c2FsdHNhbHRzYWx0c2FsdA==";
    private const string Hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

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
    public void Hash_has_a_new_salt_each_time_and_takes_one_line_with_any_end()
    {
        var salts = new HashSet<string>();
        foreach (var input in (string[])["secret\n", "secret\r\n", "secret", "secret\nnot this\n"])
        {
            var parts = Assert.Single(Muxchat.RunWithInput(input, "hash").Output).Split('$');
            Assert.True(salts.Add(parts[2]));
            var derived = Rfc2898DeriveBytes.Pbkdf2("secret"u8, Convert.FromBase64String(parts[2]), int.Parse(parts[1], CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, 32);
            Assert.Equal(Convert.ToBase64String(derived), parts[3]);
        }
    }

    [Fact]
    public void Password_that_no_client_could_give_has_no_hash()
    {
        foreach (var input in (string[])["", "\n", " a\n", "a \n", "a\tb\u0007\n", new string('x', 257) + "\n", new string('x', 10_000)])
        {
            var ended = Muxchat.RunWithInput(input, "hash");
            Assert.Equal(2, ended.ExitCode);
            Assert.Empty(ended.Output);
            Assert.StartsWith("muxchat: hash: a password is 1 to 256 bytes", Assert.Single(ended.Errors), StringComparison.Ordinal);
        }

        Assert.Equal(0, Muxchat.RunWithInput(new string('x', 256) + "\n", "hash").ExitCode);
    }

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
        ExpectOneLine("--oper takes NAME:HASH", given, ["--oper", given], []);
        if (!given.Contains(' ', StringComparison.Ordinal))
        {
            ExpectOneLine("--oper takes NAME:HASH", given, [], new Dictionary<string, string> { ["MUXCHAT_OPER"] = given });
        }
    }

    [Fact]
    public void Operator_given_twice_is_one_line_and_exit_code_2() =>
        ExpectOneLine("--oper alice is given twice", Hash, ["--oper", $"alice:pbkdf2-sha256$1000${Salt}${Hash}", "--oper", $"alice:pbkdf2-sha256$1000${Salt}${Hash}"], []);

    [Fact]
    public void Password_that_no_client_could_give_keeps_the_server_from_starting()
    {
        ExpectOneLine("--password: a password is 1 to 256 bytes", " secret", ["--password", " secret"], []);
        ExpectOneLine("--password: a password is 1 to 256 bytes", "sec\u0007ret", ["--password", "sec\u0007ret"], []);
        ExpectOneLine("--password: a password is 1 to 256 bytes", "secret ", [], new Dictionary<string, string> { ["MUXCHAT_PASSWORD"] = "secret " });
        ExpectOneLine("--password is given 2 times", "secret", ["--password", "secret", "--password", "secret"], []);
    }

    // One line, and nothing in it of the value: it may be a password.
    private static void ExpectOneLine(string says, string value, string[] arguments, Dictionary<string, string> environment)
    {
        var ended = Muxchat.Run(arguments, environment);
        var line = Assert.Single(ended.Errors);
        Assert.StartsWith("muxchat: " + says, line, StringComparison.Ordinal);
        Assert.DoesNotContain(value.Trim(), line.Replace("alice is given", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(2, ended.ExitCode);
        Assert.Empty(ended.Output);
    }
}
