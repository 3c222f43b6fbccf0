using System.Globalization;
using MuxChat.Core.Clients;
using MuxChat.Core.Loop;

namespace MuxChat.Server.Options;

/// <summary>
/// The options that hold hostile clients down: what one address may do, what errors cost, and what may be queued for all.
/// </summary>
internal static class ProtectionOptions
{
    private const int BytesPerMegabyte = 1024 * 1024;
    private const int MaxClients = 1_000_000;

    private static readonly LoopLimits Loop = new();
    private static readonly ClientLimits Talk = new();

    /// <summary>Name, name of the value, default as it is shown, and what it does.</summary>
    public static IReadOnlyList<(string Name, string ValueName, string Default, string Description)> All { get; } =
    [
        ("--max-per-ip", "N", Format(Loop.ClientsPerAddress), "Connections at once from one address (IPv6: from one /64)."),
        ("--connect-rate", "N", Format(Loop.ConnectsPerMinute), "New connections a minute from one address, and as many at once."),
        ("--limit-loopback", "on|off", "off", "Whether --max-per-ip and --connect-rate hold for this machine's own clients."),
        ("--max-queued-mb", "N", Format(Loop.QueuedBytes / BytesPerMegabyte), "MiB queued for all clients that do not keep up; beyond, the worst is closed."),
        ("--flood-error-cost", "N", Format(Talk.ErrorCost), "Lines of the flood budget that a wrong line costs beyond its own one."),
        ("--max-errors-in-row", "N", Format(Talk.ErrorsInRow), "Lines in a row without sense at which a client is closed, unless flood control is off."),
    ];

    /// <exception cref="StartupException">Something is wrong.</exception>
    public static LoopLimits Read(OptionValues values, LoopLimits others) => others with
    {
        ClientsPerAddress = values.Number("--max-per-ip", 1, MaxClients),
        ConnectsPerMinute = values.Number("--connect-rate", 1, MaxClients),
        LimitLoopback = values.Word("--limit-loopback", ["on", "off"]) == "on",
        QueuedBytes = (long)values.Number("--max-queued-mb", 1, 1_000_000) * BytesPerMegabyte,
    };

    /// <exception cref="StartupException">Something is wrong.</exception>
    public static ClientLimits Read(OptionValues values, ClientLimits others) => others with
    {
        ErrorCost = values.Number("--flood-error-cost", 0, 1000),
        ErrorsInRow = values.Number("--max-errors-in-row", 1, 1_000_000),
    };

    private static string Format(long number) => number.ToString(CultureInfo.InvariantCulture);
}
