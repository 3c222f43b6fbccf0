using MuxChat.Server.Hosting;

namespace MuxChat.UnitTests.Server;

/// <summary>The version that the program, IRC and the metrics show.</summary>
public sealed class VersionTests
{
    [Theory]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("1.2.3+abcdef1", "1.2.3+abcdef1")]
    [InlineData("1.2.3+abcdef1234567890abcdef1234567890abcdef12", "1.2.3+abcdef1")]
    [InlineData("1.2.3+", "1.2.3+")]
    [InlineData("unknown", "unknown")]
    public void Commit_has_seven_digits(string given, string shown) => Assert.Equal(shown, ProcessSources.Shorten(given));

    [Fact]
    public void Version_option_shows_it() => Assert.Equal([ProcessSources.Version], CommandLineRun.Of("--version").Output);
}
