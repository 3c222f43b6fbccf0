using System.Text;
using System.Text.RegularExpressions;
using MuxChat.Core.Chat.Operators;

namespace MuxChat.UnitTests.Core.Chat.Operators;

/// <summary>The patterns of arguments: what they match is what .NET's regular expressions match, and nothing makes them slow.</summary>
public sealed class ArgumentPatternTests
{
    private static readonly string[] Arguments =
        ["", "a", "b", "ab", "aab", "abab", "abc", "-p", "--", "0", "12", "123", "x_1", "/var/log", "a b", "世界", "👋", "é", "A", "]",
            "-", "."];

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a*")]
    [InlineData("(ab)+")]
    [InlineData("(a|b)*")]
    [InlineData("a|")]
    [InlineData("(a|b|)c?")]
    [InlineData("(a*)*b")]
    [InlineData("(a?){3}")]
    [InlineData("a{2,}b?")]
    [InlineData("[ab]{1,3}")]
    [InlineData("[0-9]{2,3}")]
    [InlineData("-[a-z]?")]
    [InlineData("[^/]+")]
    [InlineData("(/[a-z]+)+")]
    [InlineData("\\d+")]
    [InlineData("\\D")]
    [InlineData("[\\d_x]+")]
    [InlineData("[]a]")]
    [InlineData("[a-]+")]
    [InlineData("[\\s-]+")]
    [InlineData("[\\w\\s\\-.]+")]
    [InlineData("[\\+-\\/]+")]
    [InlineData("\\.|\\-")]
    [InlineData("[世界]+")]
    [InlineData("[一-龥]{2}")]
    [InlineData("a.?b?")]
    [InlineData("(.)(.)")]
    [InlineData("a??")]
    public void Pattern_on_any_argument_matches_what_the_base_library_matches(string pattern)
    {
        Assert.True(ArgumentPattern.TryParse(pattern, out var parsed, out var mistake), mistake);
        var model = new Regex($"^(?:{pattern})\\z", RegexOptions.ECMAScript);
        foreach (var argument in Arguments.Where(static one => one != "👋"))
        {
            Assert.Equal(model.IsMatch(argument), parsed!.Matches(Encoding.UTF8.GetBytes(argument)));
        }
    }

    [Fact]
    public void Character_beyond_the_first_plane_is_one_character()
    {
        Assert.True(Matches(".", "👋") && Matches("[👋]", "👋") && !Matches("..", "👋") && Matches("[😀-😎]", "😃"));
    }

    [Theory]
    [InlineData("(", "a ( has no )")]
    [InlineData("a)", "a ) has no (")]
    [InlineData("[a", "a [ has no ]")]
    [InlineData("[]", "a [ has no ]")]
    [InlineData("*a", "nothing is before the *")]
    [InlineData("(?:a)", "nothing is before the ?")]
    [InlineData("a{", "a repetition is {m}")]
    [InlineData("a{256}", "numbers up to 255")]
    [InlineData("a{3,2}", "its smaller number first")]
    [InlineData("[b-a]", "its smaller end first")]
    [InlineData("\\", "nothing is after the \\")]
    [InlineData("\\b", "\\b has no meaning")]
    [InlineData("^a$", "leave the ^ out")]
    [InlineData("[\\D]", "a class cannot hold")]
    [InlineData("[\\w\\s-.]+", "write \\- for a -")]
    [InlineData("[\\w-.]+", "write \\- for a -")]
    [InlineData("[ -\\s]+", "write \\- for a -")]
    [InlineData("[+-\\d]+", "write \\- for a -")]
    [InlineData("((a{255}){255}){255}", "the pattern is too large")]
    public void Wrong_pattern_is_refused_with_what_is_wrong(string pattern, string says)
    {
        Assert.False(ArgumentPattern.TryParse(pattern, out var parsed, out var mistake));
        Assert.Null(parsed);
        Assert.Contains(says, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Pattern_that_is_too_long_is_refused()
    {
        Assert.True(ArgumentPattern.TryParse(new string('a', ArgumentPattern.MaxLength), out _, out _));
        Assert.False(ArgumentPattern.TryParse(new string('a', ArgumentPattern.MaxLength + 1), out _, out var mistake));
        Assert.Contains("256", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Pattern_that_makes_others_slow_matches_a_long_argument()
    {
        // A matcher that goes back would take 2^4000 steps.
        Assert.False(Matches("(a*)*(a|aa)+b", new string('a', 4000)));
        Assert.True(Matches("(a*)*(a|aa)+b", new string('a', 4000) + "b"));
    }

    private static bool Matches(string pattern, string argument)
    {
        Assert.True(ArgumentPattern.TryParse(pattern, out var parsed, out var mistake), mistake);
        return parsed!.Matches(Encoding.UTF8.GetBytes(argument));
    }
}
