using MuxChat.LoadTests;
using MuxChat.LoadTests.Yardsticks;

namespace MuxChat.UnitTests.LoadTests.Yardsticks;

/// <summary>The table of yardsticks. EndToEndTests, LoadTests/YardstickTests starts them.</summary>
public class YardstickTests
{
    [Theory]
    [InlineData("redis", "--with redis: redis-server is not installed (Debian: apt-get install redis-server)")]
    [InlineData("floor", "--with floor: gcc is not installed (Debian: apt-get install gcc)")]
    public void Program_that_is_nowhere_is_one_clear_line(string name, string message)
    {
        var yardstick = Yardstick.Find(name)!;
        var error = Assert.Throws<LoadException>(() => yardstick.FindProgram([]));
        Assert.Equal((message, LoadCommandLine.Failed), (error.Message, error.ExitCode));
        Assert.Throws<LoadException>(() => yardstick.FindProgram(["", AppContext.BaseDirectory]));
    }

    [Fact]
    public void Folders_of_servers_are_looked_at_whatever_the_path_is() =>
        Assert.Equal(["/usr/sbin", "/usr/local/sbin"], Yardstick.Folders.TakeLast(2));

    [Fact]
    public void Name_that_no_yardstick_has_finds_none() => Assert.Null(Yardstick.Find("ejabberd"));
}
