using System.Security.Cryptography;
using System.Text.Json;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Transfers;

/// <summary>A file of this machine that is hashed, and then sent to the server, a few chunks at a time.</summary>
internal sealed class OutgoingFile : ITransfer
{
    /// <summary>Chunks that wait for the server's answer: 4.</summary>
    private const int Window = 4;

    /// <summary>Bytes of a chunk at most: 45,000. A server with short frames asks for less.</summary>
    private const int MaxChunkBytes = 45_000;

    private readonly ChatSession _session;
    private readonly FileStream _stream;
    private readonly string _name;
    private readonly long _size;
    private string _sha256 = "";
    private string _id = "";
    private long _next;
    private int _chunkBytes = MaxChunkBytes;
    private int _waiting;
    private int _connection;
    private bool _isHashing;
    private bool _isAsked;
    private bool _isWhole;
    private bool _isOver;

    private OutgoingFile(ChatSession session, string room, FileStream stream)
    {
        (_session, Room, _stream) = (session, room, stream);
        _name = Path.GetFileName(stream.Name);
        _size = stream.Length;
    }

    public string Room { get; }

    public bool IsBegun { get; private set; }

    /// <summary>Called once, when the file is shared or cannot be.</summary>
    public Action Ended { get; set; } = static () => { };

    /// <summary>Opens a file. Null, with the reason, if it cannot be read or is no regular file: those may have no end.</summary>
    public static OutgoingFile? TryOpen(ChatSession session, string room, string path, out string why)
    {
        try
        {
            why = RegularFiles.IsOther(path) ? "it is no regular file" : "";
            return why.Length > 0 ? null
                : new OutgoingFile(session, room, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read));
        }
        catch (Exception error) when (IsTrouble(error))
        {
            why = error.Message;
            return null;
        }
    }

    public void Begin()
    {
        IsBegun = true;
        if (_sha256.Length > 0)
        {
            Ask();
        }
        else if (!_isHashing)
        {
            _isHashing = true;
            _session.Work(Hash);
        }
    }

    /// <summary>The server says where to go on.</summary>
    public void Begun(JsonElement frame)
    {
        // One that was not asked for may be of a file that is still hashed, or was refused.
        if (!_isAsked)
        {
            return;
        }

        _isAsked = false;
        (_id, _next) = (frame.Text("file"), frame.Number("offset"));
        _chunkBytes = frame.Number("chunk_bytes") is > 0 and < MaxChunkBytes and var bytes ? (int)bytes : MaxChunkBytes;
        if (_next < 0 || _next > _size)
        {
            GiveUp("the server asks for bytes that it does not have");
        }
        else
        {
            _isWhole = _next == _size;
            SendMore();
        }
    }

    public void Broke()
    {
        _connection++;
        (IsBegun, _isAsked, _isWhole, _waiting, _id) = (false, false, false, 0, "");
    }

    public string Stop()
    {
        Broke();
        _isOver = true;
        return $"{_name} is not shared: {FileTransfers.ClientEnded}";
    }

    // Called on another thread. The stream is not read otherwise before the hash is known.
    private Action Hash()
    {
        try
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(_stream));
            return () => Hashed(hash);
        }
        catch (Exception error) when (IsTrouble(error))
        {
            return () => End(error.Message);
        }
    }

    private void Hashed(string hash)
    {
        _sha256 = hash;
        if (IsBegun && !_isOver)
        {
            Ask();
        }
    }

    private void Ask()
    {
        _isAsked = true;
        var connection = _connection;
        var request = new Request("share", ("room", Room), ("name", _name), ("size", _size), ("sha256", _sha256));
        _session.Requests.Ask(request, answer =>
        {
            if (connection != _connection)
            {
                return;
            }

            // No chunk follows that could have the result as its answer, if the server has all bytes.
            if (answer.Text("type") == "error" || _isWhole)
            {
                End(answer);
            }
            else if (_isAsked)
            {
                End("the server does not say where to begin");
            }
        });
    }

    private void SendMore()
    {
        while (!_isOver && _id.Length > 0 && _waiting < Window && _next < _size)
        {
            var chunk = new byte[Math.Min(_chunkBytes, _size - _next)];
            try
            {
                _stream.Position = _next;
                _stream.ReadExactly(chunk);
            }
            catch (Exception error) when (IsTrouble(error))
            {
                GiveUp(error is EndOfStreamException ? "it has become shorter meanwhile" : error.Message);
                return;
            }

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

    private void GiveUp(string trouble)
    {
        _session.Requests.Tell(new Request("cancel", ("file", _id)));
        End(trouble);
    }

    private void End(JsonElement answer) => End(answer.Text("type") == "error" ? answer.Text("message") : "");

    private void End(string trouble)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        _stream.Dispose();
        if (trouble.Length > 0)
        {
            _session.Transfers.Fail($"{_name} is not shared: {trouble}");
        }

        Ended();
    }

    private static bool IsTrouble(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
