using System.Text;
using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>Shows what a program of the admin writes, line by line. The server runs one of a client at a time.</summary>
internal sealed class RunOutput(ChatSession session)
{
    /// <summary>The longest line that is shown as one: 4,096 characters.</summary>
    private const int MaxCharacters = 4096;

    private readonly OpenLine _output = new("| ", session.Note);
    private readonly OpenLine _errors = new("! ", session.Note);

    public void Receive(string type, JsonElement frame)
    {
        if (type == "output")
        {
            (frame.Text("stream") == "err" ? _errors : _output).Add(frame.Text("data"));
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

        Finish();
        var how = frame.Text("message") is { Length: > 0 } why ? why
            : frame.Has("signal") ? $"ended by signal {frame.Number("signal")}" : $"exit {frame.Number("exit")}";
        session.Note($"run {frame.Text("name")}: {how}");
    }

    /// <summary>Shows the lines that have no end: that of the program, or of the connection, has come.</summary>
    public void Finish()
    {
        _output.Finish();
        _errors.Finish();
    }

    /// <summary>The line of one stream that has not ended.</summary>
    private sealed class OpenLine(string mark, Action<string> show)
    {
        private readonly StringBuilder _line = new();
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

        public void Add(string base64)
        {
            var bytes = new byte[(base64.Length / 4 * 3) + 3];
            Convert.TryFromBase64String(base64, bytes, out var count);
            Add(bytes.AsSpan(0, count), isLast: false);
        }

        public void Finish()
        {
            Add([], isLast: true);
            if (_line.Length > 0)
            {
                Show();
            }
        }

        private void Add(ReadOnlySpan<byte> bytes, bool isLast)
        {
            var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
            var decoded = _decoder.GetChars(bytes, characters, isLast);
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

        private void Show()
        {
            show(mark + _line);
            _line.Clear();
        }
    }
}
