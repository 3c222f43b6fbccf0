namespace MuxChat.Core.Framing;

/// <summary>
/// The kind of a frame of <see cref="WebSocketDecoder"/>: its first byte. Messages and control frames have their opcode (RFC 6455,
/// section 5.2).
/// </summary>
public enum WebSocketFrameKind : byte
{
    /// <summary>A whole message of text. Its content may not be UTF-8: the reader checks it.</summary>
    Text = 0x1,

    /// <summary>A whole message of bytes.</summary>
    Binary = 0x2,

    /// <summary>A close frame. Its content is empty, or a code of 2 bytes and a reason.</summary>
    Close = 0x8,

    /// <summary>A ping, whose content the answer repeats.</summary>
    Ping = 0x9,

    /// <summary>A pong.</summary>
    Pong = 0xA,

    /// <summary>The bytes break a rule of RFC 6455. The content is one byte: the rule, a <see cref="WebSocketMistake"/>.</summary>
    Mistake = 0x10,
}

/// <summary>A rule of RFC 6455 that a client's bytes break. The connection closes, and the rest of its input is dropped.</summary>
public enum WebSocketMistake : byte
{
    /// <summary>A reserved bit is set, and no extension was agreed upon (section 5.2).</summary>
    ReservedBit,

    /// <summary>The opcode is reserved (section 5.2).</summary>
    UnknownOpcode,

    /// <summary>The frame is not masked (section 5.1).</summary>
    NotMasked,

    /// <summary>The length is not in its shortest form, or its highest bit is set (section 5.2).</summary>
    BadLength,

    /// <summary>A control frame is in fragments, or longer than 125 bytes (section 5.5).</summary>
    BadControl,

    /// <summary>A message begins inside another, or goes on that never began (section 5.4).</summary>
    BadFragment,

    /// <summary>The message is longer than the limit.</summary>
    TooLong,

    /// <summary>The message is in more fragments than <see cref="WebSocketDecoder.MaxFragments"/>.</summary>
    TooManyFragments,
}
