using System.Security.Cryptography;
using System.Text.Json;
using MuxChat.Terminal.Screen;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Transfers;

/// <summary>A shared file that is saved. It has its name only once all of it is there and its hash is right.</summary>
/// <remarks>The name is never taken as a path, and an existing file is never overwritten.</remarks>
internal sealed class IncomingFile(ChatSession session, string room, long number, string path) : ITransfer, IDisposable
{
    /// <summary>Names that are tried, such as <c>report-2.pdf</c>, before the client gives up: 1,000.</summary>
    private const int MaxNames = 1000;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private FileStream? _stream;
    private string _name = "";
    private string _sha256 = "";
    private string _trouble = "";
    private long _size = -1;
    private int _connection;
    private bool _isOver;

    public string Room { get; } = room;

    public bool IsBegun { get; private set; }

    /// <summary>Called once, when the file is saved or cannot be.</summary>
    public Action Ended { get; set; } = static () => { };

    private long Received => _stream?.Length ?? 0;

    public void Begin()
    {
        IsBegun = true;
        var (connection, from) = (_connection, Received);
        session.Requests.Ask(new Request("get", ("number", number), ("offset", from)), answer =>
        {
            if (connection == _connection && !_isOver)
            {
                Answered(answer, from);
            }
        });
    }

    /// <summary>The server says what follows.</summary>
    public void Begun(JsonElement frame)
    {
        if (_stream is null && !_isOver)
        {
            (_name, _size, _sha256) = (NameOf(frame.Text("name")), frame.Number("size"), frame.Text("sha256"));
            Try(() => _stream = new FileStream(Part(), FileMode.CreateNew, FileAccess.Write));
            EndIfTrouble();
        }
    }

    /// <summary>Takes the next bytes.</summary>
    public void Take(JsonElement frame)
    {
        if (_stream is not null && !_isOver)
        {
            Try(() => Append(frame.Number("offset"), Convert.FromBase64String(frame.Text("data"))));
            EndIfTrouble();
        }
    }

    public void Broke()
    {
        _connection++;
        IsBegun = false;
    }

    public string Stop()
    {
        _isOver = true;
        Discard();
        return $"file {number} is not saved: {FileTransfers.ClientEnded}";
    }

    // The server cleans names as well. This client trusts none of them.
    private string NameOf(string given)
    {
        var name = SafeText.Clean(given[(given.LastIndexOfAny(['/', '\\']) + 1)..]).TrimStart('.').Trim();
        return name.Length == 0 || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 ? $"file-{number}" : name;
    }

    // Short, because the name itself may be as long as the disk allows.
    private string Part() => Path.Combine(Path.GetDirectoryName(Target()) ?? "", $".muxchat-{Guid.NewGuid():N}.part");

    private string Target() => path.Length == 0 ? _name : Directory.Exists(path) ? Path.Combine(path, _name) : path;

    private void Append(long offset, byte[] bytes)
    {
        _trouble = offset != Received ? "the server sent other bytes than were asked for"
            : bytes.Length > _size - Received ? "the server sent more bytes than it announced" : "";
        if (_trouble.Length == 0)
        {
            _hash.AppendData(bytes);
            _stream!.Write(bytes);
            _stream.Flush();
        }
    }

    // One answer need not have all of the file.
    private void Answered(JsonElement answer, long from)
    {
        if (answer.Text("type") == "error")
        {
            _trouble = answer.Text("message");
        }
        else if (Received < _size)
        {
            _trouble = Received > from ? "" : $"the server sent {Received} of {_size} bytes, and then nothing";
            if (_trouble.Length == 0)
            {
                Begin();
                return;
            }
        }

        End();
    }

    private void EndIfTrouble()
    {
        if (_trouble.Length > 0)
        {
            End();
        }
    }

    private void End()
    {
        _isOver = true;
        _stream?.Dispose();
        if (_trouble.Length == 0 && Convert.ToHexStringLower(_hash.GetHashAndReset()) != _sha256)
        {
            _trouble = "its bytes have another hash than the server said";
        }

        if (_trouble.Length == 0)
        {
            Try(() => session.Note($"saved {Move(_stream!.Name)} ({RoomEvent.DescribeSize(_size)})"));
        }

        if (_trouble.Length > 0)
        {
            session.Transfers.Fail($"file {number} is not saved: {_trouble}");
        }

        Discard();
        Ended();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _hash.Dispose();
    }

    // A file that was saved has another name by now.
    private void Discard()
    {
        Dispose();
        if (_stream is { Name: var part })
        {
            Try(() => File.Delete(part));
        }
    }

    private string Move(string part)
    {
        var wanted = Target();
        for (var i = 1; ; i++)
        {
            var name = i == 1 ? wanted : Path.Combine(Path.GetDirectoryName(wanted) ?? "",
                $"{Path.GetFileNameWithoutExtension(wanted)}-{i}{Path.GetExtension(wanted)}");
            if (!Path.Exists(name) || i == MaxNames)
            {
                File.Move(part, name, overwrite: false);
                return name;
            }
        }
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or FormatException
            or NotSupportedException)
        {
            _trouble = error.Message;
        }
    }
}
