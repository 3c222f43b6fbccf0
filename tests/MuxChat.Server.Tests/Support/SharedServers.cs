using System.Collections.Concurrent;
using MuxChat.Server.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace MuxChat.Server.Tests.Support;

/// <summary>One server for each I/O model, shared by all tests that need no options of their own. Without flood control, so that tests are quick.</summary>
public sealed class SharedServers : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<ServerProcess>> _servers = new();

    public ServerProcess For(string io) => _servers.GetOrAdd(io, one => new Lazy<ServerProcess>(() => ServerProcess.Start("--io", one, "--flood", "off"))).Value;

    /// <summary>A room of its own on the shared server of an I/O model.</summary>
    public Scene Scene(string io) => new(For(io));

    public void Dispose()
    {
        foreach (var server in _servers.Values.Where(server => server.IsValueCreated))
        {
            server.Value.Dispose();
        }
    }
}
