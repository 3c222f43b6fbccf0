using System.Security.Cryptography;
using System.Text.Json;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Transfers;

/// <summary>A file of this machine that is sent to the server, a few chunks at a time.</summary>
internal sealed class OutgoingFile : ITransfer
{
    /// <summary>Chunks that wait for the server's answer: 4.</summary>
    private const int Window = 4;

    /// <summary>Bytes of a chunk at most: 45,000, as the server asks for.</summary>
    private const int MaxChunkBytes = 45_000;

    private readonly ChatSession _session;
    private readonly FileStream _stream;
    private readonly string _name;
    private readonly string _sha256;
    private readonly long _size;
    private string _id = "";
    private long _next;
    private int _waiting;
    private int _connection;
    private bool _isOver;

    private OutgoingFile(ChatSession session, string room, FileStream stream)
    {
        (_session, Room, _stream) = (session, room, stream);
        _name = Path.GetFileName(stream.Name);
        _size = stream.Length;
        _sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    public string Room { get; }

    public bool IsBegun { get; private set; }

    /// <summary>Called once, when the file is shared or refused.</summary>
    public Action Ended { get; set; } = static () => { };

    /// <summary>Opens a file and hashes it. Null, with the reason, if it cannot be read.</summary>
    public static OutgoingFile? TryOpen(ChatSession session, string room, string path, out string why)
    {
        try
        {
            why = "";
            return new OutgoingFile(session, room, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            why = error.Message;
            return null;
        }
    }

    public void Begin()
    {
        IsBegun = true;
        var connection = _connection;
        var request = new Request("share", ("room", Room), ("name", _name), ("size", _size), ("sha256", _sha256));
        _session.Requests.Ask(request, answer =>
        {
            if (connection == _connection && (answer.Text("type") == "error" || _size == 0))
            {
                End(answer);
            }
        });
    }

    /// <summary>The server says where to go on.</summary>
    public void Begun(JsonElement frame)
    {
        (_id, _next) = (frame.Text("file"), frame.Number("offset"));
        SendMore();
    }

    public void Broke()
    {
        _connection++;
        (IsBegun, _waiting, _id) = (false, 0, "");
    }

    private void SendMore()
    {
        while (!_isOver && _id.Length > 0 && _waiting < Window && _next < _size)
        {
            var chunk = new byte[Math.Min(MaxChunkBytes, _size - _next)];
            _stream.Position = _next;
            _stream.ReadExactly(chunk);
            var isLast = _next + chunk.Length == _size;
            var request = new Request("chunk", ("file", _id), ("offset", _next), ("data", Convert.ToBase64String(chunk)));
            _next += chunk.Length;
            _waiting++;
            var connection = _connection;
            _session.Requests.Ask(request, answer => Answered(answer, connection, isLast));
        }
    }

    private void Answered(JsonElement answer, int connection, bool isLast)
    {
        if (connection != _connection || _isOver)
        {
            return;
        }

        _waiting--;
        if (isLast || answer.Text("type") == "error")
        {
            End(answer);
        }
        else
        {
            SendMore();
        }
    }

    private void End(JsonElement answer)
    {
        _isOver = true;
        _stream.Dispose();
        if (answer.Text("type") == "error")
        {
            _session.Mistake($"{_name} is not shared: {answer.Text("message")}");
        }

        Ended();
    }
}
