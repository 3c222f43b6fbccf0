using System.Diagnostics;
using System.Reflection;
using MuxChat.Core.Metrics;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Tls;

namespace MuxChat.Server.Hosting;

/// <summary>Gives the figures of the process their sources: the operating system, the runtime, and the certificates in use.</summary>
/// <remarks>Each source is read only when a figure is shown, and takes a few microseconds on Linux.</remarks>
internal static class ProcessSources
{
    private const int CommitDigits = 7;

    /// <summary>
    /// The version of the program, and the git commit that it was built from: <c>1.0.0+abcdef1</c>. A program that was built without git
    /// names no commit.
    /// </summary>
    public static string Version { get; } = Shorten(
        typeof(ProcessSources).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    /// <summary>Cuts the commit, which follows a plus sign, to the seven digits that git shows.</summary>
    internal static string Shorten(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus && version.Length > plus + 1 + CommitDigits
            ? version[..(plus + 1 + CommitDigits)] : version;

    public static void Connect(MetricSet metrics, TlsServer? tls)
    {
        if (tls is not null)
        {
            metrics.Connections.CertificateExpiry.ReadFrom(() => new DateTimeOffset(tls.Current.Expires).ToUnixTimeMilliseconds());
        }

        metrics.Allocated.ReadFrom(static () => GC.GetTotalAllocatedBytes());
        metrics.Collections.ReadFrom(static () => GC.CollectionCount(0));
        var process = metrics.Process;
        process.Build.Text = Version;
        process.Runtime.Text = Environment.Version.ToString();
        process.ResidentBytes.ReadFrom(static () => Environment.WorkingSet);
        process.OpenDescriptors.ReadFrom(static () => Descriptors.CountOpen());
        process.MaxDescriptors.ReadFrom(static () => Descriptors.Limit());
        process.StartTime.Set(new DateTimeOffset(StartTime()).ToUnixTimeMilliseconds());
        if (!OperatingSystem.IsIOS() && !OperatingSystem.IsTvOS())
        {
            process.Cpu.ReadFrom(static () => (long)Environment.CpuUsage.TotalTime.TotalMicroseconds);
        }
    }

    private static DateTime StartTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime.ToUniversalTime();
    }
}
