using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MuxChat.LoadTests.Hosting;

/// <summary>Looks at the machine before a run and after it: proc(5) and sysfs. Elsewhere than on Linux it knows little.</summary>
internal sealed class MachineWatch
{
    private const double TicksPerSecond = 100;

    /// <summary>More of the machine than this, used by others, makes figures doubtful.</summary>
    private const double OthersLimit = 0.05;

    private const double StealLimit = 0.02;

    private static readonly string[] Secret = ["PASS", "KEY", "TOKEN", "SECRET"];

    private readonly double _loadBefore = ReadLoad();
    private readonly Times _before = Times.Read();

    /// <summary>The facts of the run that began when this object was made and is over now. Its servers have ended.</summary>
    /// <param name="server">What was measured: <see cref="MeasuredServer.Describe"/>, or the address of a running server.</param>
    /// <param name="isOurs">Whether this program started the server, and so knows its processor time.</param>
    public MachineFacts Finish(string server, bool isOurs)
    {
        var times = Times.Read().Since(_before);
        var facts = new MachineFacts
        {
            Processor = ReadProcessor(),
            Processors = Environment.ProcessorCount,
            AllowedProcessors = string.Join(",", Affinity.Allowed),
            Siblings = ReadSiblings(),
            Pinning = isOurs ? Affinity.Describe() : "the server runs already; nothing is bound to a processor",
            Kernel = $"{RuntimeInformation.OSDescription.Trim()} {RuntimeInformation.OSArchitecture}",
            Runtime = RuntimeInformation.FrameworkDescription,
            Server = server,
            Variables = isOurs ? ReadVariables() : [],
            LoadBefore = _loadBefore,
            OthersShare = isOurs ? times.OthersShare : -1,
            StealShare = times.StealShare,
        };
        return facts with
        {
            Doubts = [.. DoubtsOf(facts), .. isOurs ? [] : (string[])["The server ran already. So its processor time is not known, "
                + "nor whether it slowed the load by flood control (--flood off) or served others."]],
        };
    }

    /// <summary>Which of the facts make figures doubtful, in sentences.</summary>
    public static IEnumerable<string> DoubtsOf(MachineFacts facts)
    {
        var culture = CultureInfo.InvariantCulture;
        if (facts.OthersShare > OthersLimit)
        {
            yield return string.Create(culture,
                $"The machine was busy: other programs used {facts.OthersShare:0%} of the processor time during the run.");
        }

        if (facts.StealShare > StealLimit)
        {
            yield return string.Create(culture,
                $"The host of this virtual machine gave {facts.StealShare:0.0%} of the time to others (steal).");
        }

        if (!Affinity.IsBound && facts.OthersShare >= 0)
        {
            yield return $"Server and load shared processors: {facts.Pinning}.";
        }
        else if (facts.OthersShare >= 0 && facts.Siblings.Any(Affinity.IsBothOf))
        {
            yield return "Server and load ran on two threads of one core, and so slowed each other down.";
        }
    }

    private static double ReadLoad() =>
        OperatingSystem.IsLinux() ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : -1;

    private static string ReadProcessor() => Field("/proc/cpuinfo", "model name") is { Length: > 0 } model
        ? model.TrimStart('\t', ':', ' ')
        : RuntimeInformation.ProcessArchitecture.ToString();

    private static string Field(string file, string name) => OperatingSystem.IsLinux()
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim() ?? ""
        : "";

    private static string[] ReadSiblings()
    {
        const string Processors = "/sys/devices/system/cpu";
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Processors))
        {
            return [];
        }

        return [.. Directory.GetDirectories(Processors, "cpu*")
            .Select(folder => Path.Combine(folder, "topology", "thread_siblings_list"))
            .Where(File.Exists)
            .Select(file => File.ReadAllText(file).Trim())
            .Where(list => list.Contains(',') || list.Contains('-'))
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }

    private static string[] ReadVariables() =>
    [
        .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(static entry => (Name: (string)entry.Key, Value: (string?)entry.Value))
            .Where(static entry => entry.Name.StartsWith("MUXCHAT_", StringComparison.Ordinal) && entry.Name != MeasuredServer.Variable)
            .OrderBy(static entry => entry.Name, StringComparer.Ordinal)
            .Select(static entry => Secret.Any(entry.Name.Contains) ? $"{entry.Name} (not shown)" : $"{entry.Name}={entry.Value}"),
    ];

    /// <summary>Processor seconds since the machine's start, of all processors: proc_stat(5).</summary>
    /// <param name="All">All of them, idle included.</param>
    /// <param name="Busy">Those that programs and the kernel used.</param>
    /// <param name="Steal">Those that the host kept.</param>
    /// <param name="Own">Those of this process and of the servers that it started and that have ended.</param>
    internal sealed record Times(double All, double Busy, double Steal, double Own)
    {
        /// <summary>The share that other programs used; -1 if no time has passed.</summary>
        public double OthersShare => All > 0 ? Math.Max(0, Busy - Own) / All : -1;

        /// <summary>The share that the host kept; -1 if no time has passed.</summary>
        public double StealShare => All > 0 ? Steal / All : -1;

        public static Times Read() => OperatingSystem.IsLinux()
            ? Parse(File.ReadLines("/proc/stat").First(), File.ReadAllText("/proc/self/stat"))
            : new Times(0, 0, 0, 0);

        /// <summary>Reads the first line of /proc/stat, and /proc/self/stat.</summary>
        public static Times Parse(string machine, string own)
        {
            const int Kinds = 8;
            var ticks = machine.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]
                .Take(Kinds).Select(static text => double.Parse(text, CultureInfo.InvariantCulture) / TicksPerSecond).ToArray();
            var (idle, wait, steal) = (ticks[3], ticks[4], ticks[7]);
            var fields = own[(own.LastIndexOf(')') + 2)..].Split(' ');

            // utime, stime, cutime and cstime: the last two are those of children that have ended.
            const int First = 11;
            var ownTicks = fields[First..(First + 4)].Sum(static text => double.Parse(text, CultureInfo.InvariantCulture));
            return new Times(ticks.Sum(), ticks.Sum() - idle - wait - steal, steal, ownTicks / TicksPerSecond);
        }

        public Times Since(Times before) => new(All - before.All, Busy - before.Busy, Steal - before.Steal, Own - before.Own);
    }
}
