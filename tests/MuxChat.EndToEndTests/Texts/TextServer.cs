using System.Net;
using System.Net.Sockets;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Texts;

/// <summary>The server that the texts' clients find, with a listener of each kind that they need.</summary>
public sealed class TextServer : IDisposable
{
    private readonly DataFolder _sockets = new();
    private readonly Lazy<ServerProcess> _process;

    public TextServer() => _process = new(() => ServerProcess.Start(
        "--flood", "off",
        "--listen", "line://127.0.0.1:0",
        "--listen", "upper://127.0.0.1:0",
        "--listen", "echo://127.0.0.1:0",
        "--listen", "upper+utf://127.0.0.1:0",
        "--listen", "utf://127.0.0.1:0",
        "--listen", "frame://127.0.0.1:0",
        "--listen", "frame+tcp://127.0.0.1:0?header=le32",
        "--listen", "upper+udp://127.0.0.1:0",
        "--listen", "echo+udp://127.0.0.1:0",
        "--listen", "upload://127.0.0.1:0?room=files",
        "--listen", "notify+udp://127.0.0.1:0?room=alerts&key=s3cret",
        "--listen", "exec://127.0.0.1:0",
        "--listen", "exec+tcp://127.0.0.1:0?header=le32",
        "--command", "echo=/bin/echo {.*}*",
        "--command", "count=/bin/sh -c {seq\\s\\d+}",
        "--listen", $"line+unix://{_sockets.Path}/line.sock",
        "--listen", $"irc+unix://{_sockets.Path}/irc.sock"));

    public ServerProcess Process => _process.Value;

    /// <summary>The address of a listener in the words of a command line: host and port, or the path of a Unix socket.</summary>
    public string[] At(string listener) => WordsOf(Process.Address(listener));

    public static string[] WordsOf(EndPoint address) => address is UnixDomainSocketEndPoint
        ? [address.ToString()!]
        : [((IPEndPoint)address).Address.ToString(), $"{((IPEndPoint)address).Port}"];

    public void Dispose()
    {
        if (_process.IsValueCreated)
        {
            _process.Value.Dispose();
        }

        _sockets.Dispose();
    }
}
