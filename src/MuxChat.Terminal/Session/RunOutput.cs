using System.Text;
using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>Shows what a program of the admin writes, line by line. The server runs one of a client at a time.</summary>
internal sealed class RunOutput(ChatSession session)
{
    /// <summary>The longest line that is shown as one: 4,096 characters.</summary>
    private const int MaxCharacters = 4096;

    private readonly StringBuilder _line = new();
    private Decoder _decoder = Encoding.UTF8.GetDecoder();
    private string _stream = "";

    public void Receive(string type, JsonElement frame)
    {
        if (type == "output")
        {
            Add(frame.Text("stream"), frame.Text("data"));
            return;
        }

        if (type == "programs")
        {
            foreach (var program in frame.Items("programs"))
            {
                session.Note($"/run {program.Text("name")} {program.Text("args")}".TrimEnd());
            }

            return;
        }

        Flush();
        var how = frame.Text("message") is { Length: > 0 } why ? why
            : frame.Has("signal") ? $"ended by signal {frame.Number("signal")}" : $"exit {frame.Number("exit")}";
        session.Note($"run {frame.Text("name")}: {how}");
    }

    private void Add(string stream, string base64)
    {
        if (stream != _stream)
        {
            Flush();
            _stream = stream;
        }

        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        Convert.TryFromBase64String(base64, bytes, out var count);
        var characters = new char[Encoding.UTF8.GetMaxCharCount(count)];
        var decoded = _decoder.GetChars(bytes, 0, count, characters, 0);
        foreach (var one in characters.AsSpan(0, decoded))
        {
            if (one == '\n' || _line.Length == MaxCharacters)
            {
                Show();
            }

            if (one != '\n')
            {
                _line.Append(one);
            }
        }
    }

    private void Flush()
    {
        _decoder = Encoding.UTF8.GetDecoder();
        if (_line.Length > 0)
        {
            Show();
        }
    }

    private void Show()
    {
        session.Note((_stream == "err" ? "! " : "| ") + _line);
        _line.Clear();
    }
}
