using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>A server for lines alone, as the load program starts it, for the tests of a class one after the other.</summary>
public sealed class LineServer : IDisposable
{
    public ServerProcess Process { get; } = ServerProcess.Start("--listen", "line://127.0.0.1:0", "--flood", "off");

    public void Dispose() => Process.Dispose();
}
