using MuxChat.Testing.Processes;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>A person at a terminal: a socket that blocks, and lines.</summary>
internal sealed class SocketLineClient : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    public SocketLineClient(IPEndPoint server, int receiveBufferBytes = 0)
    {
        Socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = Guard.Ms,
            SendTimeout = Guard.Ms,
        };
        if (receiveBufferBytes > 0)
        {
            Socket.ReceiveBufferSize = receiveBufferBytes;
        }

        Socket.Connect(server);
    }

    public Socket Socket { get; }

    /// <summary>Takes a nick, after the greeting.</summary>
    public SocketLineClient As(string nick)
    {
        Send($"/nick {nick}");
        Expect($"* is now {nick}", line => line.EndsWith($"is now {nick}", StringComparison.Ordinal));
        return this;
    }

    public void Send(string line) => Socket.Send(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>The next line; null at the end.</summary>
    public string? Read()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, length);
                _start += length + 1;
                return line;
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            var received = Socket.Receive(_buffer.AsSpan(_end));
            if (received == 0)
            {
                Assert.Equal(0, _end);
                return null;
            }

            _end += received;
        }
    }

    /// <summary>Reads on to that line.</summary>
    public void Expect(string line) => Expect(line, read => read == line);

    /// <summary>Reads on to a line of that kind, and returns it.</summary>
    public string Expect(string what, Predicate<string> isMeant)
    {
        var others = new List<string>();
        while (true)
        {
            var line = Read();
            Assert.True(line is not null, $"The end came instead of \"{what}\", after: {string.Join(" | ", others)}");
            if (isMeant(line))
            {
                return line;
            }

            others.Add(line);
        }
    }

    /// <summary>Reads on to the end.</summary>
    public List<string> ReadToEnd()
    {
        var lines = new List<string>();
        while (Read() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public void Reset() => TcpPair.CloseByReset(Socket);

    public void Dispose() => Socket.Dispose();
}
