using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>CAP (IRCv3 capability negotiation, version 302).</summary>
internal static class IrcCapabilities
{
    /// <summary>The longest list that can be asked for at once: its answer repeats it.</summary>
    private const int MaxRequestBytes = 400;

    /// <summary>The capability without which a client is not shown events of a kind; none for most kinds.</summary>
    public static IrcCaps NeededFor(EventKind kind) => kind switch
    {
        EventKind.Tagged => IrcCaps.MessageTags,
        EventKind.Away => IrcCaps.AwayNotify,
        EventKind.Invited => IrcCaps.InviteNotify,
        EventKind.RealNameSet => IrcCaps.SetName,
        _ => IrcCaps.None,
    };

    public static CommandResult Cap(IrcProtocolHandler client, in IrcMessage message)
    {
        var word = message[0];
        if (Ascii.EqualsIgnoreCase(word, "LS"u8))
        {
            client.Login.IsNegotiating = client.Session is null;
            if (message.Count > 1 && int.TryParse(message[1], out var version) && version >= 302)
            {
                // Who knows version 302 is taken to know cap-notify.
                client.Login.KnowsCap302 = true;
                client.Use(client.Caps | IrcCaps.CapNotify);
            }

            Answer(client, "LS"u8, IrcCapNames.All);
            return CommandResult.Ok();
        }

        if (Ascii.EqualsIgnoreCase(word, "LIST"u8))
        {
            Answer(client, "LIST"u8, IrcCapNames.Join(client.Caps));
            return CommandResult.Ok();
        }

        if (Ascii.EqualsIgnoreCase(word, "REQ"u8))
        {
            client.Login.IsNegotiating = client.Session is null;
            Request(client, message[1]);
            return CommandResult.Ok();
        }

        if (Ascii.EqualsIgnoreCase(word, "END"u8))
        {
            client.Login.IsNegotiating = false;
            IrcLogin.EnterIfComplete(client);
            return CommandResult.Ok();
        }

        return client.ReplyError(IrcNumeric.InvalidCapCommand, word, "Invalid CAP command");
    }

    // All of it or nothing.
    private static void Request(IrcProtocolHandler client, ReadOnlySpan<byte> names)
    {
        var wanted = client.Caps;
        foreach (var range in names.Split((byte)' '))
        {
            var name = names[range];
            if (name.IsEmpty)
            {
                continue;
            }

            var isOff = name[0] == (byte)'-';
            var cap = IrcCapNames.Find(isOff ? name[1..] : name);
            if (cap == IrcCaps.None || names.Length > MaxRequestBytes || (isOff && cap == IrcCaps.CapNotify && client.Login.KnowsCap302))
            {
                Answer(client, "NAK"u8, names);
                return;
            }

            wanted = isOff ? wanted & ~cap : wanted | cap;
        }

        client.Use(wanted);
        Answer(client, "ACK"u8, names);
    }

    private static void Answer(IrcProtocolHandler client, ReadOnlySpan<byte> word, ReadOnlySpan<byte> names) =>
        client.Line().Put(":"u8).Put(IrcServer.Name).Put(" CAP "u8).Put(client.Nick).Param(word).Last(names).SendTo(client.Output);
}

/// <summary>The capabilities that a client may ask for (IRCv3 capability negotiation 302).</summary>
[Flags]
internal enum IrcCaps
{
    None = 0,
    CapNotify = 1 << 0,
    EchoMessage = 1 << 1,
    ExtendedJoin = 1 << 2,
    MessageTags = 1 << 3,
    MultiPrefix = 1 << 4,
    ServerTime = 1 << 5,
    StandardReplies = 1 << 6,
    UserhostInNames = 1 << 7,
    AwayNotify = 1 << 8,
    Batch = 1 << 9,
    LabeledResponse = 1 << 10,
    ChatHistory = 1 << 11,
    EventPlayback = 1 << 12,

    ExtendedMonitor = 1 << 13,
    SetName = 1 << 14,

    /// <summary>Nobody has an account here, so nothing ever comes of it.</summary>
    AccountNotify = 1 << 15,

    /// <summary>The same.</summary>
    AccountTag = 1 << 16,

    /// <summary>Nobody's host changes, so nothing ever comes of it.</summary>
    ChgHost = 1 << 17,

    InviteNotify = 1 << 18,

    /// <summary>Those that change how an event of a room looks, and so make another wire format: at most 16 of them.</summary>
    InFormat = EchoMessage | ExtendedJoin | MessageTags | ServerTime,

    /// <summary>Those that say whether something that goes to each person once is heard at all: they make no other wire format.</summary>
    Personal = AwayNotify | InviteNotify | SetName,
}
