using System.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>The capabilities by the names that the IRCv3 specifications give them.</summary>
internal static class IrcCapNames
{
    private static readonly (IrcCaps Cap, string Name)[] Names =
    [
        (IrcCaps.AccountNotify, "account-notify"),
        (IrcCaps.AccountTag, "account-tag"),
        (IrcCaps.AwayNotify, "away-notify"),
        (IrcCaps.Batch, "batch"),
        (IrcCaps.CapNotify, "cap-notify"),
        (IrcCaps.ChgHost, "chghost"),
        (IrcCaps.ChatHistory, "draft/chathistory"),
        (IrcCaps.EventPlayback, "draft/event-playback"),
        (IrcCaps.ExtendedISupport, "draft/extended-isupport"),
        (IrcCaps.MessageRedaction, "draft/message-redaction"),
        (IrcCaps.EchoMessage, "echo-message"),
        (IrcCaps.ExtendedJoin, "extended-join"),
        (IrcCaps.ExtendedMonitor, "extended-monitor"),
        (IrcCaps.InviteNotify, "invite-notify"),
        (IrcCaps.LabeledResponse, "labeled-response"),
        (IrcCaps.MessageTags, "message-tags"),
        (IrcCaps.MultiPrefix, "multi-prefix"),
        (IrcCaps.NoImplicitNames, "no-implicit-names"),
        (IrcCaps.ServerTime, "server-time"),
        (IrcCaps.SetName, "setname"),
        (IrcCaps.StandardReplies, "standard-replies"),
        (IrcCaps.UserhostInNames, "userhost-in-names"),
    ];

    /// <summary>All names, separated by spaces.</summary>
    public static byte[] All { get; } = Join(~IrcCaps.None);

    /// <summary>Returns the names of a set, separated by spaces.</summary>
    public static byte[] Join(IrcCaps caps) =>
        Encoding.ASCII.GetBytes(string.Join(' ', Names.Where(one => (caps & one.Cap) != 0).Select(one => one.Name)));

    /// <summary>Returns the capability of that name, or none if the name is unknown.</summary>
    public static IrcCaps Find(ReadOnlySpan<byte> name)
    {
        foreach (var (cap, known) in Names)
        {
            if (Ascii.Equals(name, known))
            {
                return cap;
            }
        }

        return IrcCaps.None;
    }
}
