using System.Buffers.Binary;
using System.Text.Json;
using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>
/// What one run of a conversation gave: to the client itself, to witnesses on lines, on frames and on IRC, and how it ended.
/// </summary>
internal sealed class ObservedOutput
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private const int HeaderBytes = 4;

    public InputBuffer Own { get; } = new(MaxBytes);

    public InputBuffer Lines { get; } = new(MaxBytes);

    public InputBuffer Frames { get; } = new(MaxBytes);

    public InputBuffer Irc { get; } = new(MaxBytes);

    public InputBuffer Tagged { get; } = new(MaxBytes);

    public CloseReason Ending { get; set; }

    public void Clear()
    {
        Own.Clear();
        Lines.Clear();
        Frames.Clear();
        Irc.Clear();
        Tagged.Clear();
        Ending = CloseReason.None;
    }

    public bool IsSameAs(ObservedOutput other) =>
        Ending == other.Ending && Own.Bytes.SequenceEqual(other.Own.Bytes) && Lines.Bytes.SequenceEqual(other.Lines.Bytes)
        && Frames.Bytes.SequenceEqual(other.Frames.Bytes)
        && Irc.Bytes.SequenceEqual(other.Irc.Bytes) && Tagged.Bytes.SequenceEqual(other.Tagged.Bytes);

    /// <summary>What no client may ever be told; null when there is nothing of the kind.</summary>
    public string? WhatIsWrong()
    {
        ReadOnlySpan<byte> lines = Lines.Bytes;
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            if (end < 0 || !ReferenceUtf8.IsText(lines[..end]) || !BeginsRightly(lines[..end]))
            {
                return $"the witness on lines gets {Convert.ToHexString(lines[..(end < 0 ? lines.Length : end)])}";
            }

            lines = lines[(end + 1)..];
        }

        ReadOnlySpan<byte> frames = Frames.Bytes;
        while (!frames.IsEmpty)
        {
            var length = frames.Length < HeaderBytes ? -1 : BinaryPrimitives.ReadInt32BigEndian(frames);
            if (length < 0 || length > frames.Length - HeaderBytes || !IsEvent(frames.Slice(HeaderBytes, length)))
            {
                return $"the witness on frames gets {Convert.ToHexString(frames)}";
            }

            frames = frames[(HeaderBytes + length)..];
        }

        return WhatIsWrongOnIrc(Irc.Bytes, hasTags: false) ?? WhatIsWrongOnIrc(Tagged.Bytes, hasTags: true);
    }

    private static string? WhatIsWrongOnIrc(ReadOnlySpan<byte> rest, bool hasTags)
    {
        const int MostLineBytes = 512;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n') + 1;
            var tags = hasTags && rest[0] == (byte)'@' ? rest[..end].IndexOf((byte)' ') + 1 : 0;
            var isLine = end - tags is > 2 and <= MostLineBytes && rest[end - 2] == (byte)'\r' && IsIrc(rest[tags..(end - 2)])
                && (tags == 0 || AreTags(rest[1..(tags - 1)], isOfDatagram: rest[tags..].StartsWith(":udp/"u8)));
            if (!isLine)
            {
                return $"the witness on IRC gets {Convert.ToHexString(rest[..Math.Max(0, end)])}";
            }

            rest = rest[end..];
        }

        return null;
    }

    // The server's own first, each once; what clients attach begins with a plus, and no control comes through in it. A datagram's sender
    // is a bot, and no other author is one here.
    private static bool AreTags(ReadOnlySpan<byte> tags, bool isOfDatagram)
    {
        const int MostBytesOfTags = 4_605;
        var (times, names, bots, isOwn) = (0, 0, 0, true);
        foreach (var range in tags.Split((byte)';'))
        {
            var tag = tags[range];
            isOwn &= !tag.StartsWith("+"u8);
            times += tag.StartsWith("time=2026-"u8) ? 1 : 0;
            names += tag.StartsWith("msgid="u8) ? 1 : 0;
            bots += tag.SequenceEqual("bot"u8) ? 1 : 0;
            if (isOwn ? !tag.StartsWith("time="u8) && !tag.StartsWith("msgid="u8) && !tag.SequenceEqual("bot"u8) : !tag.StartsWith("+"u8))
            {
                return false;
            }
        }

        return tags.Length <= MostBytesOfTags && ReferenceUtf8.IsText(tags) && times <= 1 && names <= 1
            && bots == (isOfDatagram ? 1 : 0);
    }

    // CTCP wraps its texts in 0x01, and between clients of IRC anything may be in it; no other control comes through.
    private static bool IsIrc(ReadOnlySpan<byte> line)
    {
        Span<byte> text = stackalloc byte[line.Length];
        line.Replace(text, (byte)1, (byte)' ');
        return line[0] == (byte)':' && ReferenceUtf8.IsText(text);
    }

    public override string ToString() => $"{Ending}, {Show(Own)}, {Show(Lines)}, {Show(Frames)}";

    private static bool BeginsRightly(ReadOnlySpan<byte> line) =>
        line.StartsWith("* "u8) || line.StartsWith("** "u8) || line.StartsWith("<"u8) || line.StartsWith("["u8);

    private static bool IsEvent(ReadOnlySpan<byte> json)
    {
        if (!ReferenceUtf8.IsValid(json))
        {
            return false;
        }

        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.TrySkip())
        {
            return false;
        }

        return !reader.Read();
    }

    private static string Show(InputBuffer told) => $"{told.Length} bytes {Convert.ToHexString(told.Bytes[..Math.Min(told.Length, 300)])}";
}
