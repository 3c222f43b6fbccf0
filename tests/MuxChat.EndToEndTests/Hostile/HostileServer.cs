using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>The server that the table is played against, one after the other: its log says how every connection ended.</summary>
public sealed class HostileServer : IDisposable
{
    private readonly Lazy<ServerProcess> _process = new(() => Start("auto"));

    public ServerProcess Process => _process.Value;

    public PingTimes PingTimes { get; } = new();

    public static ServerProcess Start(string io) => ServerProcess.Start("--io", io, "--flood", "off", "--log-level", "debug");

    public void Dispose()
    {
        if (_process.IsValueCreated)
        {
            _process.Value.Dispose();
            Figures.Note($"auto, one case after the other: {PingTimes}");
        }
    }
}
