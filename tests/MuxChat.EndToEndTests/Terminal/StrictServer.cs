using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Terminal;

/// <summary>A server that refuses much: short texts only, a room with a key, and the nick alice is taken.</summary>
public sealed class StrictServer : IDisposable
{
    private readonly LineClient _alice;

    public StrictServer()
    {
        Server = ServerProcess.Start("--max-line-bytes", "64");
        _alice = Server.ConnectLines();
        _alice.Send("/nick alice", "/join locked", "/mode +k sesame");
        _alice.Sync();
    }

    public ServerProcess Server { get; }

    public void Dispose()
    {
        _alice.Dispose();
        Server.Dispose();
    }
}
