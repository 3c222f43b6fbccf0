using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.History;

/// <summary>The text of an <see cref="EventKind.Redacted"/> event: which message was removed, and why.</summary>
/// <remarks>
/// The id of the message, then a space and the reason if there is one. The id of a room's line is its epoch and number. Rooms and journals
/// keep this text, and wire formats write it in their own form.
/// </remarks>
public ref struct Redaction
{
    /// <summary>The id of the removed message, as IRC writes it.</summary>
    public ReadOnlySpan<byte> Id;

    /// <summary>The epoch of the removed line; 0 if the message was no line of a room.</summary>
    public long Epoch;

    /// <summary>The number of the removed line in that epoch; 0 if the message was no line of a room.</summary>
    public long Seq;

    /// <summary>The reason; empty for none.</summary>
    public ReadOnlySpan<byte> Reason;

    /// <summary>Encodes the removal of a room's line.</summary>
    public static byte[] Encode(long epoch, long seq, ReadOnlySpan<byte> reason) => Encode($"{epoch}-{seq}", reason);

    /// <summary>Encodes the removal of a message that is no event of a room.</summary>
    public static byte[] Encode(MessageId id, ReadOnlySpan<byte> reason) => Encode($"m{id.Series}-{id.Number}", reason);

    /// <summary>Reads a text. False for any other text, which a foreign journal may hold.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out Redaction redaction)
    {
        redaction = default;
        redaction.Id = ChatText.ReadWord(ref text);
        redaction.Reason = text;
        return MessageId.TryReadPair(redaction.Id, out redaction.Epoch, out redaction.Seq) || MessageId.TryRead(redaction.Id, out _);
    }

    private static byte[] Encode(string id, ReadOnlySpan<byte> reason) =>
        reason.IsEmpty ? Encoding.ASCII.GetBytes(id) : [.. Encoding.ASCII.GetBytes(id), (byte)' ', .. reason];
}
