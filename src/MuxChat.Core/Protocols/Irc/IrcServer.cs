namespace MuxChat.Core.Protocols.Irc;

/// <summary>What the server is called on IRC.</summary>
internal static class IrcServer
{
    /// <summary>The network, as 005 and 001 name it.</summary>
    public static ReadOnlySpan<byte> Network => "MuxChat"u8;

    /// <summary>The server. It has a dot in it, so that nobody takes it for a nick.</summary>
    public static ReadOnlySpan<byte> Name => "muxchat.local"u8;

    /// <summary>The version.</summary>
    public static ReadOnlySpan<byte> Version => "muxchat-1"u8;
}
