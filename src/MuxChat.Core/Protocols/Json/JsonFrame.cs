using System.Text.Encodings.Web;
using System.Text.Json;
using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Json;

/// <summary>Writes messages of one JSON object each, one at a time.</summary>
/// <param name="framing">Writes the framing bytes around each message.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "The writer lives as long as the process and holds nothing between frames.")]
internal sealed class JsonFrame(IFraming framing)
{
    // Programs read these bytes, and no page embeds them in HTML. Therefore only the characters that JSON requires are escaped.
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private Utf8JsonWriter? _json;

    /// <summary>Begins a message and its object.</summary>
    /// <param name="writer">The writer. It holds nothing since its own Begin.</param>
    public Utf8JsonWriter Begin(SegmentWriter writer)
    {
        framing.Begin(writer);
        if (_json is null)
        {
            _json = new Utf8JsonWriter(writer, Plain);
        }
        else
        {
            _json.Reset(writer);
        }

        _json.WriteStartObject();
        return _json;
    }

    /// <summary>Ends the object and the message. If the object has no fields, drops the message.</summary>
    /// <param name="writer">The writer of <see cref="Begin"/>.</param>
    public void End(SegmentWriter writer)
    {
        _json!.WriteEndObject();
        _json.Flush();
        if (_json.BytesCommitted == "{}".Length)
        {
            writer.Discard();
            return;
        }

        framing.End(writer);
    }
}
