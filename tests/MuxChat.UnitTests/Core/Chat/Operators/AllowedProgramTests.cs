using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Operators;

namespace MuxChat.UnitTests.Core.Chat.Operators;

/// <summary>What the admin allows of a program, and which arguments of a user it takes.</summary>
public sealed class AllowedProgramTests
{
    [Theory]
    [InlineData("a=/b", "", "")]
    [InlineData("a=/b -x", "", "-x")]
    [InlineData("a=/b -x {[a-z]+} -y", "foo", "-x foo -y")]
    [InlineData("a=/b {[a-z]+}?", "", "")]
    [InlineData("a=/b {[a-z]+}?", "foo", "foo")]
    [InlineData("a=/b {\\d+} {[a-z]+}*", "1 a b c", "1 a b c")]
    [InlineData("a=/b {\\d+} {[a-z]+}*", "1", "1")]
    [InlineData("a=/b {[a-z]{2}}", "ab", "ab")]
    [InlineData("a=/b -- {.*}", "-rf", "-- -rf")]
    public void Arguments_that_match_are_put_in_their_places(string given, string arguments, string expected)
    {
        var result = Bind(given, Words(arguments), out var all);
        Assert.Equal((ErrorCode.None, expected), (result.Code, string.Join(' ', all.Select(Encoding.UTF8.GetString))));
    }

    [Theory]
    [InlineData("a=/b", "x", ErrorCode.BadField, "a takes no arguments")]
    [InlineData("a=/b -x", "-x", ErrorCode.BadField, "a takes no arguments")]
    [InlineData("a=/b {[a-z]+}", "", ErrorCode.MissingField, "an argument is missing: a {[a-z]+}")]
    [InlineData("a=/b {[a-z]+}", "X", ErrorCode.BadField, "argument 1 is not allowed: a {[a-z]+}")]
    [InlineData("a=/b {[a-z]+}", "x;reboot", ErrorCode.BadField, "argument 1 is not allowed")]
    [InlineData("a=/b {[a-z]+}", "x y", ErrorCode.BadField, "there are too many arguments")]
    [InlineData("a=/b {[a-z]+}?", "x y", ErrorCode.BadField, "there are too many arguments")]
    [InlineData("a=/b {[a-z]+}*", "x y Z", ErrorCode.BadField, "argument 3 is not allowed")]
    [InlineData("a=/b {.*}", "a\tb", ErrorCode.ControlCharacter, "control character")]
    [InlineData("a=/b {.*}", "a\u001b[2J", ErrorCode.ControlCharacter, "control character")]
    [InlineData("a=/b {.*}", "a\u0085", ErrorCode.ControlCharacter, "control character")]
    [InlineData("a=/b {.*}", "a\nb", ErrorCode.ControlCharacter, "control character")]
    public void Arguments_that_do_not_match_are_refused_as_a_whole(string given, string arguments, ErrorCode code, string says)
    {
        var result = Bind(given, Words(arguments), out var all);
        Assert.Equal(code, result.Code);
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
        Assert.Empty(all);
    }

    [Fact]
    public void Arguments_have_bounds_in_number_and_bytes()
    {
        Assert.True(Bind("a=/b {.*}*", Words(Many(AllowedProgram.MaxArguments)), out _).IsOk);
        Assert.Equal(ErrorCode.TooLong, Bind("a=/b {.*}*", Words(Many(AllowedProgram.MaxArguments + 1)), out _).Code);
        Assert.True(Bind("a=/b {.*}*", Words(new string('x', AllowedProgram.MaxArgumentBytes)), out _).IsOk);
        Assert.Equal(ErrorCode.TooLong, Bind("a=/b {.*}*", Words(new string('x', AllowedProgram.MaxArgumentBytes + 1)), out _).Code);
    }

    [Fact]
    public void Empty_argument_is_an_argument()
    {
        Assert.True(Bind("a=/b {x?}", "\0"u8.ToArray(), out var all).IsOk);
        Assert.Empty(Assert.Single(all));
        Assert.Equal(ErrorCode.BadField, Bind("a=/b", "\0"u8.ToArray(), out _).Code);
    }

    [Theory]
    [InlineData("", "it takes NAME=/ABSOLUTE/PATH [WORD...]")]
    [InlineData("up", "it takes NAME=")]
    [InlineData("up=", "it takes NAME=")]
    [InlineData("=/bin/sh", "a name has 1 to 32 small letters")]
    [InlineData("Up=/bin/sh", "a name has")]
    [InlineData("-up=/bin/sh", "a name has")]
    [InlineData("up time=/bin/sh", "a name has")]
    [InlineData("a2345678901234567890123456789012x=/bin/sh", "a name has")]
    [InlineData("up=bin/sh", "the path bin/sh must be absolute")]
    [InlineData("up=./sh", "the path ./sh must be absolute")]
    [InlineData("up=/bin/sh a\u001bb", "it contains a control character")]
    [InlineData("up=/bin/sh {a", "begins with { and must end with }")]
    [InlineData("up=/bin/sh {}", "begins with { and must end with }")]
    [InlineData("up=/bin/sh {a b}", "a pattern has \\s for a space")]
    [InlineData("up=/bin/sh {a}* b", "the word {a}* must be the last one")]
    [InlineData("up=/bin/sh {a}? {b}", "the word {a}? must be the last one")]
    [InlineData("up=/bin/sh {(}", "the pattern {(}: a ( has no )")]
    public void Mistake_of_the_admin_is_named(string given, string says)
    {
        Assert.False(AllowedProgram.TryParse(given, out var program, out var mistake));
        Assert.Null(program);
        Assert.Contains(says, mistake, StringComparison.Ordinal);
    }

    private static string Many(int arguments) => string.Join(' ', Enumerable.Repeat("x", arguments));

    private static byte[] Words(string arguments) =>
        arguments.Length == 0 ? [] : Encoding.UTF8.GetBytes("\0" + arguments.Replace(' ', '\0'));

    private static CommandResult Bind(string given, byte[] arguments, out IReadOnlyList<byte[]> all)
    {
        Assert.True(AllowedProgram.TryParse(given, out var program, out var mistake), mistake);
        return program!.Bind(arguments, out all);
    }
}
