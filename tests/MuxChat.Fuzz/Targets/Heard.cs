using System.Buffers.Binary;
using System.Text.Json;
using MuxChat.Core.Conversations;

namespace MuxChat.Fuzz.Targets;

/// <summary>What one run of a conversation gave: to the client itself, to a witness on lines, to a witness on frames, and how it ended.</summary>
internal sealed class Heard
{
    private const int MostBytes = 64 * 1024 * 1024;
    private const int HeaderBytes = 4;

    public InputBuffer Own { get; } = new(MostBytes);

    public InputBuffer Lines { get; } = new(MostBytes);

    public InputBuffer Frames { get; } = new(MostBytes);

    public CloseReason Ending { get; set; }

    public void Clear()
    {
        Own.Clear();
        Lines.Clear();
        Frames.Clear();
        Ending = CloseReason.None;
    }

    public bool IsSameAs(Heard other) =>
        Ending == other.Ending && Own.Bytes.SequenceEqual(other.Own.Bytes) && Lines.Bytes.SequenceEqual(other.Lines.Bytes) && Frames.Bytes.SequenceEqual(other.Frames.Bytes);

    /// <summary>What no client may ever be told; null when there is nothing of the kind.</summary>
    public string? WhatIsWrong()
    {
        ReadOnlySpan<byte> lines = Lines.Bytes;
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            if (end < 0 || !Utf8Model.IsText(lines[..end]) || !BeginsRightly(lines[..end]))
            {
                return $"the witness on lines is told {Convert.ToHexString(lines[..(end < 0 ? lines.Length : end)])}";
            }

            lines = lines[(end + 1)..];
        }

        ReadOnlySpan<byte> frames = Frames.Bytes;
        while (!frames.IsEmpty)
        {
            var length = frames.Length < HeaderBytes ? -1 : BinaryPrimitives.ReadInt32BigEndian(frames);
            if (length < 0 || length > frames.Length - HeaderBytes || !IsEvent(frames.Slice(HeaderBytes, length)))
            {
                return $"the witness on frames is told {Convert.ToHexString(frames)}";
            }

            frames = frames[(HeaderBytes + length)..];
        }

        return null;
    }

    public override string ToString() => $"{Ending}, {Show(Own)}, {Show(Lines)}, {Show(Frames)}";

    private static bool BeginsRightly(ReadOnlySpan<byte> line) => line.StartsWith("* "u8) || line.StartsWith("** "u8) || line.StartsWith("<"u8) || line.StartsWith("["u8);

    private static bool IsEvent(ReadOnlySpan<byte> json)
    {
        if (!Utf8Model.IsValid(json))
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
