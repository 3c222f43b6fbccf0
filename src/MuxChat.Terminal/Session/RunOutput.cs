using System.Text;
using System.Text.Json;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Protocols;

namespace MuxChat.Terminal.Session;

/// <summary>Shows what a program of the admin writes, line by line. The server runs one of a client at a time.</summary>
internal sealed class RunOutput
{
    private readonly ChatSession _session;
    private ShownOutput _shown;

    public RunOutput(ChatSession session)
    {
        _session = session;
        _shown = Begin();
    }

    public void Receive(string type, JsonElement frame)
    {
        if (type == "output")
        {
            Add(frame.Text("stream") == "err" ? ProgramStream.Error : ProgramStream.Output, frame.Text("data"));
            return;
        }

        if (type == "programs")
        {
            foreach (var program in frame.Items("programs"))
            {
                _session.Note($"/run {program.Text("name")} {program.Text("args")}".TrimEnd());
            }

            return;
        }

        _shown.Finish();
        _shown = Begin();
        var how = frame.Text("message") is { Length: > 0 } why ? why
            : frame.Has("signal") ? $"ended by signal {frame.Number("signal")}" : $"exit {frame.Number("exit")}";
        _session.Note($"run {frame.Text("name")}: {how}");
    }

    /// <summary>The connection broke: the rest of the output does not come.</summary>
    public void Broke()
    {
        _shown.Finish();
        _shown = Begin();
    }

    private ShownOutput Begin() =>
        new((mark, text) => _session.Note(Encoding.UTF8.GetString(mark.Span) + Encoding.UTF8.GetString(text.Span)));

    private void Add(ProgramStream stream, string base64)
    {
        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        Convert.TryFromBase64String(base64, bytes, out var count);
        for (var used = 0; used < count;)
        {
            used += _shown.Add(stream, bytes.AsSpan(used, count - used));
        }
    }
}
