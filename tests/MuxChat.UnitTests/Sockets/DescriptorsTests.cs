using System.Diagnostics;
using System.Globalization;
using MuxChat.Sockets;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets;

public sealed class DescriptorsTests
{
    [Fact]
    public void Limit_is_positive() => Assert.True(Descriptors.Limit() > 0);

    [Fact]
    public void Limit_is_what_a_child_shell_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no ulimit on Windows.");
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "ulimit -n"]) { RedirectStandardOutput = true })!;
        var told = shell.StandardOutput.ReadToEnd().Trim();
        Assert.True(shell.WaitForExit(Guard.Ms), $"Within {Guard.Ms} ms the shell did not end, which has answered {told}.");

        var expected = told == "unlimited" ? int.MaxValue : int.Parse(told, CultureInfo.InvariantCulture);
        Assert.Equal(expected, Descriptors.Limit());
    }
}
