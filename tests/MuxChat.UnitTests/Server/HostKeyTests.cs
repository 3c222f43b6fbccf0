using Microsoft.Extensions.Logging.Abstractions;
using MuxChat.Server;
using MuxChat.Server.Hosting;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Server;

/// <summary>What bans of hosts mean is kept beside them.</summary>
public sealed class HostKeyTests
{
    [Fact]
    public void Key_isTheSameAtTheNextStart_andForTheServersUserAlone()
    {
        using var data = new DataFolder();
        Directory.CreateDirectory(data.Path);
        var key = HostKey.Of(data.Path, NullLogger.Instance);
        Assert.Equal(32, key.Length);
        Assert.Equal(key, HostKey.Of(data.Path, NullLogger.Instance));
        var path = Path.Combine(data.Path, HostKey.FileName);
        Assert.Equal([path], Directory.GetFiles(data.Path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void Key_withoutData_isAnotherAtEachStart() =>
        Assert.NotEqual(HostKey.Of(null, NullLogger.Instance), HostKey.Of(null, NullLogger.Instance));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(1_000_000)]
    public void File_thatIsNoKey_isAMistakeOfTheAdmins(int bytes)
    {
        using var data = new DataFolder();
        Directory.CreateDirectory(data.Path);
        File.WriteAllBytes(Path.Combine(data.Path, HostKey.FileName), new byte[bytes]);
        var mistake = Assert.Throws<StartupException>(() => HostKey.Of(data.Path, NullLogger.Instance));
        Assert.Contains("is not a key of 32 bytes", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_thatCannotBeKept_isOneForThisRun() =>
        Assert.Equal(32, HostKey.Of("/nowhere/at/all", NullLogger.Instance).Length);
}
