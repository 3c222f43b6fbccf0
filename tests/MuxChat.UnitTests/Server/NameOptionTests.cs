using System.Text;

namespace MuxChat.UnitTests.Server;

/// <summary>The options that name the server on IRC.</summary>
public sealed class NameOptionTests
{
    [Theory]
    [InlineData("a.b", "--name", "a.b")]
    [InlineData("IRC-1.example.org", "--name", "IRC-1.example.org")]
    [InlineData("ircd.1and1.example", "--name", "ircd.1and1.example")]
    [InlineData("a.bcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghij", "--name",
        "a.bcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghij")]
    [InlineData("Net*1", "--network", "Net*1")]
    [InlineData("tea and talk, 茶 too", "--description", "tea and talk, 茶 too")]
    public void Name_is_taken_from_the_command_line_or_the_variable(string expected, string option, string given)
    {
        foreach (var run in new[]
        {
            CommandLineRun.Of(option, given), CommandLineRun.Of([], new() { ["MUXCHAT_" + option[2..].ToUpperInvariant()] = given }),
        })
        {
            var irc = run.Served!.Irc;
            Assert.Equal(expected, Encoding.UTF8.GetString(option switch
            {
                "--name" => irc.Name,
                "--network" => irc.Network,
                _ => irc.Description,
            }));
        }
    }

    [Theory]
    [InlineData("--name muxchat: it is a host name with a dot, such as irc.example.org: letters,", "--name", "muxchat")]
    [InlineData("--name irc example.org: it is a host name with a dot", "--name", "irc example.org")]
    [InlineData("--name -irc.example.org: it is a host name with a dot", "--name", "-irc.example.org")]
    [InlineData("--name irc-.example.org: it is a host name with a dot", "--name", "irc-.example.org")]
    [InlineData("--name irc..org: it is a host name with a dot", "--name", "irc..org")]
    [InlineData("--name irc.example.org.: it is a host name with a dot", "--name", "irc.example.org.")]
    [InlineData("--name 192.0.2.1: it is a host name with a dot", "--name", "192.0.2.1")]
    [InlineData("--name tee.茶: it is", "--name", "tee.\u8336")]
    [InlineData("in at most 63 bytes", "--name", "a.bcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk")]
    [InlineData("--network My Net: it is one word of 1 to 63 visible ASCII characters", "--network", "My Net")]
    [InlineData("--network a=b: it is one word", "--network", "a=b")]
    [InlineData("--network : it is one word", "--network", "")]
    [InlineData("--description takes 1 to 150 bytes without control characters, and this has 0 bytes", "--description", "")]
    [InlineData("--description takes 1 to 150 bytes without control characters, and this has 3 bytes", "--description", "a\nb")]
    public void Wrong_name_is_one_line_and_exit_code_2(string says, params string[] arguments) =>
        Assert.Contains(says, CommandLineRun.Of(arguments).ExpectMistake(), StringComparison.Ordinal);
}
