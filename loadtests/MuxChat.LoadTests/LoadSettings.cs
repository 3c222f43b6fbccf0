using System.Globalization;
using System.Net;

namespace MuxChat.LoadTests;

/// <summary>What is asked of a run.</summary>
internal sealed record LoadSettings
{
    public string Io { get; init; } = "auto";

    public IPEndPoint? Connect { get; init; }

    /// <summary>What the clients' connections carry: a word of <see cref="Wires.Transport.All"/>.</summary>
    public string Transport { get; init; } = Wires.Transport.Tcp.Name;

    public int Clients { get; init; } = 1000;

    public int Senders { get; init; } = 10;

    public int Rooms { get; init; } = 100;

    public int Idle { get; init; } = 5000;

    public int Stalled { get; init; } = 10;

    public double Seconds { get; init; } = 5;

    public double WarmSeconds { get; init; } = 1;

    public int PayloadBytes { get; init; } = 64;

    /// <summary>Lines in flight, when <see cref="Rate"/> is 0.</summary>
    public int Window { get; init; } = 64;

    /// <summary>Lines a second; 0 to keep <see cref="Window"/> lines in flight.</summary>
    public double Rate { get; init; }

    public double LoginsPerSecond { get; init; } = 200;

    public double P99Ms { get; init; } = 20;

    /// <summary>What two runs must have in common to be comparable, in one line.</summary>
    public string Describe(string scenario) => string.Create(CultureInfo.InvariantCulture,
        $"{(scenario == "churn" ? $"{LoginsPerSecond} logins a second" : $"{Senders} senders, {Load}")}, {PayloadBytes} bytes a line, "
            + $"{Transport}, {Seconds} s after {WarmSeconds} s");

    private string Load => Rate > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Rate} lines a second") : $"{Window} lines in flight";
}
