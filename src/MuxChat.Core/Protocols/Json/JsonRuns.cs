using System.Text.Json;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Json;

/// <summary>Encodes the output and the end of programs. The bytes are valid until the next call.</summary>
internal sealed class JsonRuns(IFraming framing)
{
    private readonly SegmentWriter _writer = new(new SegmentPool());
    private readonly JsonFrame _frame = new(framing);

    /// <summary>Encodes bytes of a program's output.</summary>
    public ReadOnlySpan<byte> Output(ProgramStream stream, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> id)
    {
        var json = Begin("output"u8, id);
        json.WriteString("stream"u8, stream == ProgramStream.Output ? "out"u8 : "err"u8);
        json.WriteBase64String("data"u8, bytes);
        return End();
    }

    /// <summary>Encodes the end of a program's run.</summary>
    public ReadOnlySpan<byte> Ran(string name, RunEnd end, ReadOnlySpan<byte> id)
    {
        var json = Begin("ran"u8, id);
        json.WriteString("name"u8, name);
        if (end.ExitCode >= 0)
        {
            json.WriteNumber("exit"u8, end.ExitCode);
        }

        if (end.Signal > 0)
        {
            json.WriteNumber("signal"u8, end.Signal);
        }

        json.WriteNumber("out"u8, end.OutputBytes);
        json.WriteNumber("err"u8, end.ErrorBytes);
        json.WriteNumber("ms"u8, end.DurationMs);
        if (end.Fault != RunFault.None)
        {
            json.WriteString("fault"u8, NameOf(end.Fault));
            json.WriteString("message"u8, end.Describe());
        }

        return End();
    }

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> type, ReadOnlySpan<byte> id)
    {
        _writer.Begin();
        var json = _frame.Begin(_writer);
        json.WriteString("type"u8, type);
        if (!id.IsEmpty)
        {
            json.WritePropertyName("id"u8);
            json.WriteRawValue(id, skipInputValidation: true);
        }

        return json;
    }

    private ReadOnlySpan<byte> End()
    {
        _frame.End(_writer);
        return _writer.Commit().Span;
    }

    private static ReadOnlySpan<byte> NameOf(RunFault fault) => fault switch
    {
        RunFault.TimeLimit => "time_limit"u8,
        RunFault.OutputLimit => "output_limit"u8,
        RunFault.NotStarted => "not_started"u8,
        _ => "cancelled"u8,
    };
}
