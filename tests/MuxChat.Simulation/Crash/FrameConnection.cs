using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace MuxChat.Simulation.Crash;

/// <summary>A blocking client of the frame protocol, written apart from the server's own code.</summary>
internal sealed class FrameConnection : IDisposable
{
    private const int ReadBytes = 64 * 1024;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _bytes = new byte[ReadBytes];
    private int _start;
    private int _end;

    public FrameConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    /// <summary>Sends one frame. False when the connection is gone.</summary>
    public bool TrySend(JsonObject frame)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(frame.ToJsonString());
        var bytes = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, body.Length);
        body.CopyTo(bytes, sizeof(int));
        _socket.Send(bytes, SocketFlags.None, out var error);
        return error == SocketError.Success;
    }

    /// <summary>Waits for the next frame; null when the connection is gone.</summary>
    public JsonObject? Read()
    {
        while (true)
        {
            if (_end - _start >= sizeof(int))
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(_start));
                if (_end - _start >= sizeof(int) + length)
                {
                    var frame = JsonNode.Parse(_bytes.AsSpan(_start + sizeof(int), length))!.AsObject();
                    _start += sizeof(int) + length;
                    return frame;
                }
            }

            if (!Fill())
            {
                return null;
            }
        }
    }

    /// <summary>Waits for a frame of this type and returns it; null when the connection is gone.</summary>
    public JsonObject? ReadUntil(string type)
    {
        JsonObject? frame;
        do
        {
            frame = Read();
        }
        while (frame is not null && (string?)frame["type"] != type);
        return frame;
    }

    public void Dispose() => _socket.Dispose();

    private bool Fill()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_bytes.Length - _end < ReadBytes)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        var received = _socket.Receive(_bytes.AsSpan(_end), SocketFlags.None, out var error);
        _end += received;
        return error == SocketError.Success && received > 0;
    }
}
