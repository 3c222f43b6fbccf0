namespace MuxChat.Core.Protocols.Irc;

/// <summary>What a client has said so far to log in.</summary>
internal sealed class IrcLoginState
{
    /// <summary>The nick; empty before one was accepted.</summary>
    public byte[] Nick { get; set; } = [];

    /// <summary>The user name; empty before there was one.</summary>
    public byte[] User { get; set; } = [];

    public byte[] RealName { get; set; } = [];

    /// <summary>Whether the password it gave last is the server's.</summary>
    public bool IsPasswordRight { get; set; }

    /// <summary>Whether it knows version 302 of the negotiation: then cap-notify stays on.</summary>
    public bool KnowsCap302 { get; set; }

    /// <summary>Whether capabilities are being negotiated: the client is in no sooner than it says that it has done.</summary>
    public bool IsNegotiating { get; set; }
}
