using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Exec;

/// <summary>The header before the output of a program: its length, then one JSON object.</summary>
internal static class ExecHeader
{
    /// <summary>Bytes of standard error that a header shows: the first 4,096.</summary>
    public const int MaxErrorBytes = 4096;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the header of a request that was refused: it has no output.</summary>
    public static byte[] Refuse(LengthHeader length, string why) => Write(length, json =>
    {
        json.WriteNumber("data_size"u8, 0);
        json.WriteNull("exit_code"u8);
        json.WriteString("error"u8, why);
    });

    /// <summary>Writes the header of a run.</summary>
    /// <param name="length">The form of the length.</param>
    /// <param name="end">How the run ended.</param>
    /// <param name="errors">The first bytes of standard error.</param>
    public static byte[] Of(LengthHeader length, RunEnd end, ReadOnlySpan<byte> errors)
    {
        // Bytes that are not UTF-8 become U+FFFD, because JSON has no other way.
        var shown = Encoding.UTF8.GetString(errors);
        return Write(length, json =>
        {
            json.WriteNumber("data_size"u8, end.OutputBytes);
            if (end.ExitCode >= 0)
            {
                json.WriteNumber("exit_code"u8, end.ExitCode);
            }
            else if (end.Signal > 0)
            {
                // As in Python's subprocess module.
                json.WriteNumber("exit_code"u8, -end.Signal);
            }
            else
            {
                json.WriteNull("exit_code"u8);
            }

            json.WriteString("error"u8, end.Fault == RunFault.None ? null : end.Describe());
            json.WriteNumber("stderr_size"u8, end.ErrorBytes);
            json.WriteString("stderr"u8, shown);
        });
    }

    private static byte[] Write(LengthHeader length, Action<Utf8JsonWriter> fields)
    {
        var bytes = new ArrayBufferWriter<byte>();
        length.Write(bytes.GetSpan(length.Bytes), 0);
        bytes.Advance(length.Bytes);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        var written = bytes.WrittenSpan.ToArray();
        length.Write(written, written.Length - length.Bytes);
        return written;
    }
}
