using System.Globalization;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// Queries about the server: the welcome, MOTD, LUSERS, LINKS, STATS, VERSION, TIME, INFO, ADMIN, HELP (RFC 1459, sections 4.3 and 8.5).
/// </summary>
internal static class IrcServerQueries
{
    /// <summary>Sends the welcome: 001 to 005, the number of users, and the message of the day.</summary>
    public static void Welcome(IrcProtocolHandler client)
    {
        var person = client.Person;
        client.Reply(IrcNumeric.Welcome).Put(" :Welcome to the "u8).Put(client.Server.Network).Put(" network, "u8).Put(person.Nick)
            .Put("!"u8).Put(person.Identity.User).Put("@"u8).Put(person.Identity.Host).SendTo(client.Output);
        client.Reply(IrcNumeric.YourHost).Put(" :Your host is "u8).Put(client.Server.Name).Put(", running "u8).Put(client.Server.Version)
            .SendTo(client.Output);
        var clock = client.Host.Clock;
        client.Reply(IrcNumeric.Created).Last($"This server was started {FormatTime(clock.UnixMs - clock.NowMs)}").SendTo(client.Output);
        client.Reply(IrcNumeric.MyInfo).Param(client.Server.Name).Param(client.Server.Version)
            .Param(IrcUserModes.Letters).Param("CbeIiklmnostv"u8).Param("beIklov"u8).SendTo(client.Output);
        IrcSupport.Show(client);
        LUsers(client, default);
        Motd(client, default);
    }

    public static CommandResult LUsers(IrcProtocolHandler client, in IrcMessage message)
    {
        var (clients, persons) = (client.Hub.SessionCount, client.Hub.PersonCount);
        client.Reply(IrcNumeric.LUserClient)
            .Last($"There are {persons - client.Hub.InvisibleCount} users and {client.Hub.InvisibleCount} invisible on 1 servers")
            .SendTo(client.Output);
        client.Reply(IrcNumeric.LUserOp).Param(client.Hub.Operators.Count).Last("operator(s) online").SendTo(client.Output);
        client.Reply(IrcNumeric.LUserChannels).Param(client.Hub.RoomWithMembersCount).Last("channels formed").SendTo(client.Output);
        client.Reply(IrcNumeric.LUserMe).Last($"I have {clients} clients and 0 servers").SendTo(client.Output);
        var (mostClients, mostPersons) = (client.Hub.MaxSessionCount, client.Hub.MaxPersonCount);
        client.Reply(IrcNumeric.LocalUsers).Param(clients).Param(mostClients)
            .Last($"Current local users {clients}, max {mostClients}").SendTo(client.Output);
        client.Reply(IrcNumeric.GlobalUsers).Param(persons).Param(mostPersons)
            .Last($"Current global users {persons}, max {mostPersons}").SendTo(client.Output);
        return CommandResult.Ok();
    }

    public static CommandResult Motd(IrcProtocolHandler client, in IrcMessage message)
    {
        ReadOnlySpan<byte> rest = client.Hub.Motd;
        if (rest.IsEmpty)
        {
            return NoMotd(client);
        }

        client.Reply(IrcNumeric.MotdStart).Put(" :- "u8).Put(client.Server.Name).Put(" Message of the day -"u8).SendTo(client.Output);
        foreach (var range in rest.Split((byte)'\n'))
        {
            MotdLine(client, rest[range]);
        }

        client.Reply(IrcNumeric.EndOfMotd).Last("End of /MOTD command.").SendTo(client.Output);
        return CommandResult.Ok();
    }

    public static CommandResult Links(IrcProtocolHandler client, in IrcMessage message)
    {
        client.Reply(IrcNumeric.LinksReply).Param(client.Server.Name).Param(client.Server.Name).Put(" :0 "u8).Put(client.Server.Description)
            .SendTo(client.Output);
        client.Reply(IrcNumeric.EndOfLinks).Param("*"u8).Last("End of /LINKS list").SendTo(client.Output);
        return CommandResult.Ok();
    }

    /// <summary>Answers STATS u with the uptime; any other letter gets an empty report.</summary>
    public static CommandResult Stats(IrcProtocolHandler client, in IrcMessage message)
    {
        var letter = message[0][..Math.Min(1, message[0].Length)];
        if (letter.SequenceEqual("u"u8))
        {
            var up = TimeSpan.FromMilliseconds(client.Hub.Metrics.Uptime.Value);
            client.Reply(IrcNumeric.StatsUptime).Last($"Server Up {up.Days} days {up.Hours}:{up.Minutes:00}:{up.Seconds:00}")
                .SendTo(client.Output);
        }

        client.Reply(IrcNumeric.EndOfStats).Param(letter.IsEmpty || letter[0] is < (byte)'!' or (byte)':' or > (byte)'~' ? "*"u8 : letter)
            .Last("End of /STATS report").SendTo(client.Output);
        return CommandResult.Ok();
    }

    public static CommandResult Version(IrcProtocolHandler client, in IrcMessage message)
    {
        client.Reply(IrcNumeric.Version).Param(client.Server.Version).Param(client.Server.Name).Last(client.Server.Description)
            .SendTo(client.Output);
        return CommandResult.Ok();
    }

    public static CommandResult Time(IrcProtocolHandler client, in IrcMessage message)
    {
        client.Reply(IrcNumeric.Time).Param(client.Server.Name).Last(FormatTime(client.Host.Clock.UnixMs)).SendTo(client.Output);
        return CommandResult.Ok();
    }

    public static CommandResult Info(IrcProtocolHandler client, in IrcMessage message)
    {
        client.Reply(IrcNumeric.Info).Put(" :"u8).Put(client.Server.Name).Put(": "u8).Put(client.Server.Description)
            .SendTo(client.Output);
        client.Reply(IrcNumeric.Info).Last("MuxChat: a chat server on one event loop").SendTo(client.Output);
        client.Reply(IrcNumeric.Info).Last("People on netcat and programs on frames are in the same rooms").SendTo(client.Output);
        client.Reply(IrcNumeric.EndOfInfo).Last("End of /INFO list").SendTo(client.Output);
        return CommandResult.Ok();
    }

    public static CommandResult Admin(IrcProtocolHandler client, in IrcMessage message)
    {
        client.Reply(IrcNumeric.AdminMe).Param(client.Server.Name).Last("Administrative info").SendTo(client.Output);
        client.Reply(IrcNumeric.AdminLoc1).Last(client.Server.Description).SendTo(client.Output);
        client.Reply(IrcNumeric.AdminEmail).Last("Ask who runs this server").SendTo(client.Output);
        return CommandResult.Ok();
    }

    public static CommandResult Help(IrcProtocolHandler client, in IrcMessage message)
    {
        var topic = message[0].IsEmpty ? "*"u8 : message[0];
        if (!message[0].IsEmpty && IrcCommands.Find(topic) is null)
        {
            return client.ReplyError(IrcNumeric.HelpNotFound, topic, "No help available on this topic");
        }

        client.Reply(IrcNumeric.HelpStart).Param(topic).Last("The commands of this server:").SendTo(client.Output);
        var line = client.Reply(IrcNumeric.HelpText).Param(topic).Put(" :"u8);
        foreach (var command in IrcCommands.All)
        {
            line.Put(command.Name).Put(" "u8);
        }

        line.SendTo(client.Output);
        client.Reply(IrcNumeric.EndOfHelp).Param(topic).Last("End of /HELP").SendTo(client.Output);
        return CommandResult.Ok();
    }

    // Folds a long line into several.
    private static void MotdLine(IrcProtocolHandler client, ReadOnlySpan<byte> text)
    {
        do
        {
            var line = client.Reply(IrcNumeric.Motd).Put(" :- "u8);
            var fits = IrcText.Fold(text, line.Free);
            line.Put(text[..fits]).SendTo(client.Output);
            text = text[fits..];
        }
        while (!text.IsEmpty);
    }

    private static CommandResult NoMotd(IrcProtocolHandler client)
    {
        client.Reply(IrcNumeric.NoMotd).Last("There is no message of the day").SendTo(client.Output);
        return CommandResult.Ok();
    }

    /// <summary>Formats a time for people, in UTC.</summary>
    public static string FormatTime(long unixMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
