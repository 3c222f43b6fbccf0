using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>What clients with the same capabilities read, and what of it they wish to hear of.</summary>
internal sealed class IrcFormats(IrcWireFormat format, IrcCaps caps) : IWireFormats
{
    public IWireFormat FormatFor(int rooms) => format;

    public bool Shows(EventKind kind) => kind switch
    {
        EventKind.Away => (caps & IrcCaps.AwayNotify) != 0,
        EventKind.Invited => (caps & IrcCaps.InviteNotify) != 0,
        EventKind.RealNameSet => (caps & IrcCaps.SetName) != 0,
        _ => true,
    };
}
