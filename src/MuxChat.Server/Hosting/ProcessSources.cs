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
    /// <summary>The version of the program, such as <c>1.0.0</c>.</summary>
    public static string Version { get; } =
        typeof(ProcessSources).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

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
