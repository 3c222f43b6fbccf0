using System.Collections.Concurrent;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace MuxChat.EndToEndTests.Support;

/// <summary>
/// One server for each I/O model, shared by all tests that need no options of their own. Without flood control, so that tests are quick.
/// </summary>
public sealed class SharedServers : IDisposable
{
    /// <summary>
    /// For <c>--oper</c>: root, with the password <c>secret</c>; the hash was made by another program (Python's hashlib) and takes no time.
    /// </summary>
    public const string Root = "root:pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg==$tiKWHy4FAGCWE8gn6GtKhaxD2OeeAUUWXFT/p1aaNl8=";

    /// <summary>The same for another one, with the password <c>open sesame</c>.</summary>
    public const string Second = "second:pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg==$Mqp8wAsrOsjVEIymTD0kATxTpTf4f+0ZMgQPDlukk/w=";

    private readonly ConcurrentDictionary<string, Lazy<ServerProcess>> _servers = new();
    private readonly Lazy<string> _motd = new(() =>
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "be kind\n");
        return path;
    });

    public ServerProcess For(string io) => Start(io);

    /// <summary>The same with operators, and a message of the day.</summary>
    public ServerProcess WithOperators(string io) => Start(io, "--oper", Root, "--oper", Second, "--motd", _motd.Value);

    /// <summary>The same with the password <c>open sesame</c>.</summary>
    public ServerProcess WithPassword(string io) => Start(io, "--password", "open sesame");

    /// <summary>A room of its own on the shared server of an I/O model.</summary>
    public Scene Scene(string io) => new(For(io));

    public void Dispose()
    {
        foreach (var server in _servers.Values.Where(server => server.IsValueCreated))
        {
            server.Value.Dispose();
        }

        if (_motd.IsValueCreated)
        {
            File.Delete(_motd.Value);
        }
    }

    private ServerProcess Start(string io, params string[] options) =>
        _servers.GetOrAdd(string.Join(' ', [io, .. options]),
        _ => new Lazy<ServerProcess>(() => ServerProcess.Start(["--io", io, "--flood", "off", .. options]))).Value;
}
