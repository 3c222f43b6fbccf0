using System.Buffers.Binary;

namespace MuxChat.Core.Chat.History;

/// <summary>An event in the ring of entries: the place and the form of its names, tags and text in the other ring.</summary>
/// <remarks>
/// The bytes are nick, new nick, tags and text, in this order. Few events have tags, so their length (2 bytes, little-endian) is there only
/// if the flags say so.
/// </remarks>
/// <param name="At">The position of the bytes.</param>
/// <param name="UnixMs">The time, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="RestLength">The number of bytes after the nicks.</param>
/// <param name="Kind">The kind.</param>
/// <param name="NickLength">The length of the nick.</param>
/// <param name="NewNickLength">The length of the new nick.</param>
/// <param name="Flags">The marks, and whether there are tags.</param>
internal record struct LogEntry(
    long At, long UnixMs, int RestLength, byte Kind, byte NickLength, byte NewNickLength, byte Flags)
{
    private const int TagsHeaderBytes = sizeof(ushort);
    private const byte TagsFlag = 0x80;

    /// <summary>The author, by <see cref="Person.Number"/>; 0 for an event of an earlier run.</summary>
    public uint Author { get; set; }

    /// <summary>The number of bytes in the ring.</summary>
    public readonly int Length => RestLength + NickLength + NewNickLength;

    /// <summary>The number of bytes of the names, the text and the tags.</summary>
    public readonly int ContentLength => Length - (HasTags ? TagsHeaderBytes : 0);

    private readonly bool HasTags => (Flags & TagsFlag) != 0;

    /// <summary>Returns the entry for an event, still without its position.</summary>
    public static LogEntry Of(in StoredEvent past) => new(
        0,
        past.UnixMs,
        past.Text.Length + (past.Tags.IsEmpty ? 0 : TagsHeaderBytes + past.Tags.Length),
        (byte)past.Kind,
        (byte)past.Nick.Length,
        (byte)past.NewNick.Length,
        (byte)((byte)past.Marks | (past.Tags.IsEmpty ? 0 : TagsFlag)));

    /// <summary>Returns what is left of the entry without its text, tags and marks.</summary>
    public readonly LogEntry Erased() => this with { Kind = (byte)EventKind.Erased, RestLength = 0, Flags = 0 };

    /// <summary>Writes the event into exactly <see cref="Length"/> bytes.</summary>
    public static void Write(in StoredEvent past, Span<byte> to)
    {
        past.Nick.CopyTo(to);
        past.NewNick.CopyTo(to[past.Nick.Length..]);
        to = to[(past.Nick.Length + past.NewNick.Length)..];
        if (!past.Tags.IsEmpty)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)past.Tags.Length);
            past.Tags.CopyTo(to[TagsHeaderBytes..]);
            to = to[(TagsHeaderBytes + past.Tags.Length)..];
        }

        past.Text.CopyTo(to);
    }

    /// <summary>Reads the event, without its room, epoch and number. Its spans point into <paramref name="from"/>.</summary>
    public readonly StoredEvent Read(ReadOnlySpan<byte> from)
    {
        var rest = from[(NickLength + NewNickLength)..];
        ReadOnlySpan<byte> tags = default;
        if (HasTags)
        {
            tags = rest.Slice(TagsHeaderBytes, BinaryPrimitives.ReadUInt16LittleEndian(rest));
            rest = rest[(TagsHeaderBytes + tags.Length)..];
        }

        return new StoredEvent
        {
            Kind = (EventKind)Kind,
            UnixMs = UnixMs,
            Nick = from[..NickLength],
            NewNick = from.Slice(NickLength, NewNickLength),
            Text = rest,
            Marks = (EventMarks)(Flags & ~TagsFlag),
            Tags = tags,
        };
    }
}
