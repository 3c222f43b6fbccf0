using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>CAP (IRCv3 capability negotiation, version 302).</summary>
internal static class IrcCapabilities
{
    /// <summary>
    /// Bytes of a refused list that its NAK repeats at least: 100 (IRCv3 capability negotiation 3.1, "The CAP NAK subcommand").
    /// </summary>
    private const int MinRepeatedBytes = 100;

    /// <summary>Returns the capability that a client needs to see events of a kind; none for most kinds.</summary>
    public static IrcCaps NeededFor(EventKind kind) => kind switch
    {
        EventKind.Tagged => IrcCaps.MessageTags,
        EventKind.Away => IrcCaps.AwayNotify,
        EventKind.Invited => IrcCaps.InviteNotify,
        EventKind.RealNameSet => IrcCaps.SetName,
        EventKind.Redacted => IrcCaps.MessageRedaction,
        _ => IrcCaps.None,
    };

    public static CommandResult Cap(IrcProtocolHandler client, in IrcMessage message)
    {
        var word = message[0];
        if (Ascii.EqualsIgnoreCase(word, "LS"u8))
        {
            client.Login.IsNegotiating = client.Session is null;
            if (KnowsValues(message))
            {
                // Version 302 implies cap-notify.
                client.Login.KnowsCap302 = true;
                client.Use(client.Caps | IrcCaps.CapNotify);
            }

            // A value needs version 302. A client never asks for this capability by REQ.
            ReadOnlySpan<byte> sts = default;
            if (client.Login.KnowsCap302 && client.Sts is not null)
            {
                sts = client.Sts.CapabilityFor(client.Host.Output);
            }

            List(client, "LS"u8, sts.IsEmpty ? IrcCapNames.All : [.. IrcCapNames.All, (byte)' ', .. sts]);
            return CommandResult.Ok();
        }

        if (Ascii.EqualsIgnoreCase(word, "LIST"u8))
        {
            List(client, "LIST"u8, IrcCapNames.Join(client.Caps));
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

    /// <summary>Whether a client that asks CAP LS understands values of capabilities: it names version 302 or a later one.</summary>
    internal static bool KnowsValues(in IrcMessage message) =>
        message.Count > 1 && int.TryParse(message[1], out var version) && version >= 302;

    /// <summary>
    /// Returns how many bytes of a list of names go into one line: all that fit, cut behind a name and its blank if they are not all.
    /// </summary>
    /// <param name="names">The names, separated by blanks.</param>
    /// <param name="free">Bytes that are free in the line: more than the longest name.</param>
    internal static int Fit(ReadOnlySpan<byte> names, int free) =>
        names.Length <= free ? names.Length : names[..(free + 1)].LastIndexOf((byte)' ') + 1;

    // All or none of the requested changes apply. A list that its ACK could not repeat is refused.
    private static void Request(IrcProtocolHandler client, ReadOnlySpan<byte> names)
    {
        var wanted = client.Caps;
        var isTooLong = names.Length > Begin(client, "ACK"u8).Free;
        foreach (var range in names.Split((byte)' '))
        {
            var name = names[range];
            if (name.IsEmpty)
            {
                continue;
            }

            var isOff = name[0] == (byte)'-';
            var cap = IrcCapNames.Find(isOff ? name[1..] : name);
            if (cap == IrcCaps.None || isTooLong || (isOff && cap == IrcCaps.CapNotify && client.Login.KnowsCap302))
            {
                Refuse(client, names);
                return;
            }

            wanted = isOff ? wanted & ~cap : wanted | cap;
        }

        client.Use(wanted);
        Begin(client, "ACK"u8).Put(names).SendTo(client.Output);
    }

    // A client cannot put a name together that is cut, so a NAK that is too short for all names repeats the first ones.
    private static void Refuse(IrcProtocolHandler client, ReadOnlySpan<byte> names)
    {
        var line = Begin(client, "NAK"u8);
        var fits = Fit(names, line.Free);
        line.Put(fits < Math.Min(MinRepeatedBytes, names.Length) ? names : names[..fits].TrimEnd((byte)' ')).SendTo(client.Output);
    }

    // A client that knows version 302 gets a list in several lines if it is too long for one. All but the last have an asterisk.
    private static void List(IrcProtocolHandler client, ReadOnlySpan<byte> word, ReadOnlySpan<byte> names)
    {
        while (client.Login.KnowsCap302 && names.Length > Begin(client, word).Free)
        {
            var line = Source(client, word).Put(" * :"u8);
            var fits = Fit(names, line.Free);
            line.Put(names[..fits].TrimEnd((byte)' ')).SendTo(client.Output);
            names = names[fits..];
        }

        Begin(client, word).Put(names).SendTo(client.Output);
    }

    private static IrcLine Begin(IrcProtocolHandler client, ReadOnlySpan<byte> word) =>
        Source(client, word).Put(" :"u8);

    private static IrcLine Source(IrcProtocolHandler client, ReadOnlySpan<byte> word) =>
        client.Line().Put(":"u8).Put(client.Server.Name).Put(" CAP "u8).Put(client.Nick).Param(word);
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

    /// <summary>Accepted, but without effect, because there are no accounts.</summary>
    AccountNotify = 1 << 15,

    /// <summary>Accepted, but without effect, because there are no accounts.</summary>
    AccountTag = 1 << 16,

    /// <summary>Accepted, but without effect, because a client's host never changes.</summary>
    ChgHost = 1 << 17,

    InviteNotify = 1 << 18,
    MessageRedaction = 1 << 19,
    NoImplicitNames = 1 << 20,
    ExtendedISupport = 1 << 21,

    /// <summary>
    /// Capabilities that change how an event of a room is written, and therefore select another wire format: at most 16 formats.
    /// </summary>
    InFormat = EchoMessage | ExtendedJoin | MessageTags | ServerTime,

    /// <summary>
    /// Capabilities that decide whether a client receives an event that each person gets once. They select no other wire format.
    /// </summary>
    Personal = AwayNotify | InviteNotify | SetName | MessageRedaction,
}
