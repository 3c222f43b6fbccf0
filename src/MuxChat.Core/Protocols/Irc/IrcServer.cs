namespace MuxChat.Core.Protocols.Irc;

/// <summary>The names of a server on IRC. The caller has checked that they fit lines, which show them as they are.</summary>
public sealed record IrcServer
{
    /// <summary>The longest name of a server, in bytes: 63 (RFC 2812, section 1.1).</summary>
    public const int MaxNameBytes = 63;

    /// <summary>
    /// The server's name: the source of its lines. It contains a dot, so that no client takes it for a nick, and at most
    /// <see cref="MaxNameBytes"/>.
    /// </summary>
    public byte[] Name { get; init; } = "muxchat.local"u8.ToArray();

    /// <summary>The network's name, for 001 and 005: no blank, no <c>=</c> and no backslash.</summary>
    public byte[] Network { get; init; } = "MuxChat"u8.ToArray();

    /// <summary>The admin's description of the server, in one line of UTF-8, for 257, 312, 351, 364 and 371.</summary>
    public byte[] Description { get; init; } = "MuxChat"u8.ToArray();

    /// <summary>The program and its version as one word, for 002, 004 and 351.</summary>
    public byte[] Version { get; init; } = "muxchat"u8.ToArray();
}
