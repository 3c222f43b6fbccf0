using System.Buffers.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Presence;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Queries about users: WHOIS, WHOWAS, ISON, USERHOST (RFC 1459, sections 4.5, 5.7 and 5.8).</summary>
internal static class IrcQueries
{
    /// <summary>Nicks answered in one USERHOST: 5 (RFC 1459, section 5.7). The rest are ignored.</summary>
    private const int MaxUserHosts = 5;

    public static CommandResult WhoIs(IrcProtocolHandler client, in IrcMessage message)
    {
        // The first of two parameters names a server, and this is the only one.
        var nick = message.Count > 1 ? message[1] : message[0];
        if (nick.IsEmpty)
        {
            return client.ReplyError(IrcNumeric.NoNicknameGiven, default, "No nickname given", ErrorCode.MissingField);
        }

        if (!client.Hub.Queries.WhoIs(client.Person, nick, out var facts).IsOk)
        {
            client.ReplyError(IrcNumeric.NoSuchNick, nick, "No such nick/channel", ErrorCode.UnknownNick);
            EndWhoIs(client, nick);
            return CommandResult.Error(ErrorCode.UnknownNick, "No such nick/channel");
        }

        var person = facts.Person;
        var identity = person.Identity;
        client.Reply(IrcNumeric.WhoIsUser).Param(person.Nick).Param(identity.User).Param(identity.Host).Param("*"u8).Last(identity.RealName)
            .SendTo(client.Output);
        ShowRooms(client, facts);
        client.Reply(IrcNumeric.WhoIsServer).Param(person.Nick).Param(client.Server.Name).Last(client.Server.Description)
            .SendTo(client.Output);
        ShowStanding(client, person);
        if (person.Away is not null)
        {
            client.Reply(IrcNumeric.Away).Param(person.Nick).Last(person.Away).SendTo(client.Output);
        }

        client.Reply(IrcNumeric.WhoIsIdle).Param(person.Nick).Param(facts.IdleS).Param(facts.ConnectedUnixMs / 1000)
            .Last("seconds idle, signon time").SendTo(client.Output);
        EndWhoIs(client, nick);
        return CommandResult.Ok();
    }

    public static CommandResult WhoWas(IrcProtocolHandler client, in IrcMessage message)
    {
        if (message[0].IsEmpty)
        {
            return client.ReplyError(IrcNumeric.NoNicknameGiven, default, "No nickname given", ErrorCode.MissingField);
        }

        var nick = message[0];
        var entries = client.Hub.WhoWas.Of(nick);
        if (entries.Length == 0)
        {
            client.ReplyError(IrcNumeric.WasNoSuchNick, nick, "There was no such nickname", ErrorCode.UnknownNick);
        }

        var isCounted = Utf8Parser.TryParse(message[1], out int count, out var used) && used == message[1].Length && count > 0;
        client.Session!.EnqueueAnswer(new WhoWasAnswer(client, IrcText.Shown(nick).ToArray(), isCounted && count < entries.Length
            ? entries[..count] : entries));
        return CommandResult.Ok();
    }

    public static CommandResult IsOn(IrcProtocolHandler client, in IrcMessage message)
    {
        var line = client.Reply(IrcNumeric.IsOn).Put(" :"u8);
        var isFirst = true;
        for (var i = 0; i < message.Count; i++)
        {
            foreach (var range in message[i].Split((byte)' '))
            {
                if (client.Hub.FindPerson(message[i][range]) is { } person && line.Free > person.Nick.Length)
                {
                    line.Put(isFirst ? default : " "u8).Put(person.Nick);
                    isFirst = false;
                }
            }
        }

        line.SendTo(client.Output);
        return CommandResult.Ok();
    }

    public static CommandResult UserHost(IrcProtocolHandler client, in IrcMessage message)
    {
        var line = client.Reply(IrcNumeric.UserHost).Put(" :"u8);
        var isFirst = true;
        for (var i = 0; i < Math.Min(message.Count, MaxUserHosts); i++)
        {
            if (client.Hub.FindPerson(message[i]) is { } person)
            {
                line.Put(isFirst ? default : " "u8).Put(person.Nick).Put(person.IsOperator ? "*"u8 : default)
                    .Put(person.Away is null ? "=+"u8 : "=-"u8)
                    .Put(person.Identity.User).Put("@"u8).Put(person.Identity.Host);
                isFirst = false;
            }
        }

        line.SendTo(client.Output);
        return CommandResult.Ok();
    }

    // Only the user and server operators see the user's address.
    private static void ShowStanding(IrcProtocolHandler client, Person person)
    {
        if (person.IsOperator)
        {
            client.Reply(IrcNumeric.WhoIsOperator).Param(person.Nick).Last("is an IRC operator").SendTo(client.Output);
        }

        if (person.IsBot)
        {
            client.Reply(IrcNumeric.WhoIsBot).Param(person.Nick).Last("is a bot").SendTo(client.Output);
        }

        if (person.IsSecure)
        {
            client.Reply(IrcNumeric.WhoIsSecure).Param(person.Nick).Last("is using a secure connection").SendTo(client.Output);
            if (person.CertificateFingerprint.Length > 0 && ReferenceEquals(person, client.Person))
            {
                client.Reply(IrcNumeric.WhoIsCertificate).Param(person.Nick)
                    .Last($"has client certificate fingerprint {person.CertificateFingerprint}").SendTo(client.Output);
            }
        }

        if (ReferenceEquals(person, client.Person) || client.Person.IsOperator)
        {
            client.Reply(IrcNumeric.WhoIsHost).Param(person.Nick).Put(" :is connecting from *@"u8).Put(person.Identity.Host).Put(" "u8)
                .Put(System.Text.Encoding.ASCII.GetBytes(AddressOf(person.RemoteName))).SendTo(client.Output);
        }
    }

    // The name has a port and the way after it, as far as they are known: "[2001:db8::7]:5000 via 10.0.0.1:33000".
    private static string AddressOf(string remoteName)
    {
        var name = remoteName.Split(' ')[0];
        var port = name.EndsWith(']') ? -1 : name.LastIndexOf(':');
        return (port < 0 ? name : name[..port]).Trim('[', ']');
    }

    private static void ShowRooms(IrcProtocolHandler client, PersonFacts facts)
    {
        IrcLine? line = null;
        foreach (var membership in facts.Rooms)
        {
            var prefixes = IrcText.PrefixesOf(membership.Rank, (client.Caps & IrcCaps.MultiPrefix) != 0);
            if (line is not null && line.Free < membership.Room.Name.Length + prefixes.Length + 1)
            {
                line.SendTo(client.Output);
                line = null;
            }

            line = line is null ? client.Reply(IrcNumeric.WhoIsChannels).Param(facts.Person.Nick).Put(" :"u8) : line.Put(" "u8);
            line.Put(prefixes).Put(membership.Room.Name);
        }

        line?.SendTo(client.Output);
    }

    private static void EndWhoIs(IrcProtocolHandler client, ReadOnlySpan<byte> nick) =>
        client.Reply(IrcNumeric.EndOfWhoIs).Param(IrcText.Shown(nick)).Last("End of /WHOIS list").SendTo(client.Output);

    /// <summary>WHOWAS: 314 and 312 for each past user of a nick, latest first, then 369 (RFC 1459, section 4.5.3).</summary>
    private sealed class WhoWasAnswer(IrcProtocolHandler client, byte[] nick, WhoWasEntry[] entries) : ILongAnswer
    {
        private int _next;

        public bool WritePart()
        {
            if (_next == entries.Length)
            {
                client.Reply(IrcNumeric.EndOfWhoWas).Param(nick).Last("End of WHOWAS").SendTo(client.Output);
                return false;
            }

            var (name, identity, unixMs) = entries[_next++];
            client.Reply(IrcNumeric.WhoWasUser).Param(name).Param(identity.User).Param(identity.Host).Param("*"u8).Last(identity.RealName)
                .SendTo(client.Output);
            client.Reply(IrcNumeric.WhoIsServer).Param(name).Param(client.Server.Name).Last(IrcServerQueries.FormatTime(unixMs))
                .SendTo(client.Output);
            return true;
        }
    }
}
