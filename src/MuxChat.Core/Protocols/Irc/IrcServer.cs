namespace MuxChat.Core.Protocols.Irc;

/// <summary>The names of the server on IRC.</summary>
internal static class IrcServer
{
    /// <summary>The network's name, for 001 and 005.</summary>
    public static ReadOnlySpan<byte> Network => "MuxChat"u8;

    /// <summary>The server's name. It contains a dot, so that no client takes it for a nick.</summary>
    public static ReadOnlySpan<byte> Name => "muxchat.local"u8;

    /// <summary>The version, for 002, 004 and VERSION.</summary>
    public static ReadOnlySpan<byte> Version => "muxchat-1"u8;
}
