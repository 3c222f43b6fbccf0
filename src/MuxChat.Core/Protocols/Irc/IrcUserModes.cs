using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// User modes (RFC 1459, section 4.2.3.2; RFC 2812, section 3.1.5): <c>i</c> invisible, <c>o</c> server operator,
/// <c>w</c> receives WALLOPS, <c>B</c> bot (IRCv3 bot mode), <c>Z</c> connected over TLS (as on UnrealIRCd).
/// </summary>
internal static class IrcUserModes
{
    // Indexed by away, operator and bot, lowest bit first.
    private static readonly byte[][] WhoFlags =
        [[.. "H"u8], [.. "G"u8], [.. "H*"u8], [.. "G*"u8], [.. "HB"u8], [.. "GB"u8], [.. "H*B"u8], [.. "G*B"u8]];

    /// <summary>The letters of all user modes, for 004.</summary>
    public static ReadOnlySpan<byte> Letters => "BiowZ"u8;

    /// <summary>The letter that marks a bot in 005, WHO and the modes.</summary>
    public static ReadOnlySpan<byte> BotLetter => "B"u8;

    /// <summary>
    /// Returns a person's flags in WHO: <c>H</c> here or <c>G</c> gone, <c>*</c> for a server operator, <c>B</c> for a bot.
    /// </summary>
    public static ReadOnlySpan<byte> FlagsOf(Person person) =>
        WhoFlags[(person.Away is null ? 0 : 1) + (person.IsOperator ? 2 : 0) + (person.IsBot ? 4 : 0)];

    /// <summary>Runs MODE for a nick: shows the client's modes, or changes them.</summary>
    public static CommandResult Mode(IrcProtocolHandler client, in IrcMessage message)
    {
        var target = client.Hub.FindPerson(message[0]);
        if (!ReferenceEquals(target, client.Person))
        {
            return target is null
                ? client.ReplyError(IrcNumeric.NoSuchNick, message[0], "No such nick/channel", ErrorCode.UnknownNick)
                : client.ReplyError(IrcNumeric.UsersDontMatch, default, "Can't change mode for other users");
        }

        if (message.Count > 1)
        {
            return Set(client, message[1]);
        }

        Span<byte> shown = stackalloc byte[1 + Letters.Length];
        shown[0] = (byte)'+';
        client.Reply(IrcNumeric.UModeIs).Param(shown[..(1 + Put(shown[1..], ModesOf(client.Person)))]).SendTo(client.Output);
        return CommandResult.Ok();
    }

    /// <summary>Shows a new client the modes that it has from the start, if any.</summary>
    public static void ShowFirst(IrcProtocolHandler client) => SendChange(client, UserModes.None, ModesOf(client.Person));

    private static CommandResult Set(IrcProtocolHandler client, ReadOnlySpan<byte> modes)
    {
        var person = client.Person;
        var before = ModesOf(person);
        var isOn = true;
        var isUnknown = false;
        foreach (var mode in modes)
        {
            switch (mode)
            {
                case (byte)'+' or (byte)'-':
                    isOn = mode == (byte)'+';
                    break;
                case (byte)'i':
                    client.Hub.SetInvisible(person, isOn);
                    break;
                case (byte)'w':
                    client.Hub.Operators.Listen(person, isOn);
                    break;
                case (byte)'B':
                    person.IsBot = isOn;
                    break;
                case (byte)'Z':
                    // It follows from the connection. Like o, it is ignored.
                    break;
                case (byte)'o' when isOn:
                    // Only OPER makes an operator. RFC 2812, section 3.1.5, says to ignore this.
                    break;
                case (byte)'o':
                    client.Hub.Operators.Resign(person);
                    break;
                default:
                    isUnknown = true;
                    break;
            }
        }

        SendChange(client, before, ModesOf(person));
        return isUnknown ? client.ReplyError(IrcNumeric.UModeUnknownFlag, default, "Unknown MODE flag") : CommandResult.Ok();
    }

    private static void SendChange(IrcProtocolHandler client, UserModes before, UserModes now)
    {
        Span<byte> change = stackalloc byte[2 + (2 * Letters.Length)];
        var length = 0;
        foreach (var (sign, changed) in ((byte, UserModes)[])[((byte)'+', now & ~before), ((byte)'-', before & ~now)])
        {
            if (changed != UserModes.None)
            {
                change[length++] = sign;
                length += Put(change[length..], changed);
            }
        }

        if (length > 0)
        {
            client.Line().Put(":"u8).Put(client.Nick).Put(" MODE"u8).Param(client.Nick).Last(change[..length]).SendTo(client.Output);
        }
    }

    private static UserModes ModesOf(Person person) =>
        (person.IsBot ? UserModes.Bot : 0) | (person.IsInvisible ? UserModes.Invisible : 0) | (person.IsOperator ? UserModes.Operator : 0)
        | (person.IsListening ? UserModes.Wallops : 0) | (person.IsSecure ? UserModes.Secure : 0);

    // Writes one letter per bit.
    private static int Put(Span<byte> to, UserModes modes)
    {
        var length = 0;
        for (var bit = 0; bit < Letters.Length; bit++)
        {
            if (((int)modes & (1 << bit)) != 0)
            {
                to[length++] = Letters[bit];
            }
        }

        return length;
    }

    [Flags]
    private enum UserModes
    {
        None = 0,
        Bot = 1 << 0,
        Invisible = 1 << 1,
        Operator = 1 << 2,
        Wallops = 1 << 3,
        Secure = 1 << 4,
    }
}
