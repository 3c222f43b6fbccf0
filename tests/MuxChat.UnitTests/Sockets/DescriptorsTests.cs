using System.Diagnostics;
using System.Globalization;
using MuxChat.Sockets.Listening;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets;

public sealed class DescriptorsTests
{
    [Fact]
    public void Limit_is_positive() => Assert.True(Descriptors.Limit() > 0);

    [Fact]
    public void What_is_open_is_not_left_for_clients()
    {
        Assert.SkipWhen(Descriptors.Limit() == int.MaxValue, "There is no limit here.");
        const int held = 100;
        var open = Enumerable.Range(0, held).Select(_ => File.OpenRead(typeof(DescriptorsTests).Assembly.Location)).ToList();
        var left = Descriptors.LeftForClients();
        open.ForEach(one => one.Dispose());

        // These and the three standard streams at least; whatever else is open comes on top.
        Assert.InRange(left, int.MinValue, Descriptors.Limit() - Descriptors.Reserved - held - 3);
        Assert.InRange(left, 1, int.MaxValue);
    }

    [Fact]
    public void Soft_limit_is_raised_to_the_hard_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "prlimit(1)");
        var hard = Descriptors.Limit();
        Assert.SkipWhen(hard == int.MaxValue, "There is no limit here.");
        using var lower = Process.Start("prlimit", [$"--pid={Environment.ProcessId}", $"--nofile={hard - 1}:"]);
        Assert.True(lower.WaitForExit(Guard.Ms), $"Within {Guard.Ms} ms prlimit did not end.");
        Assert.Equal(hard - 1, Descriptors.Limit());

        Descriptors.RaiseLimit();
        Assert.Equal(hard, Descriptors.Limit());
    }

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
