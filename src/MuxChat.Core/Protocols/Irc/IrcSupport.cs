using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Tells what the server supports: 005 and ISUPPORT (modern.ircdocs.horse, "RPL_ISUPPORT"; IRCv3 extended-isupport).</summary>
internal static class IrcSupport
{
    private const IrcCaps Batched = IrcCaps.Batch | IrcCaps.ExtendedISupport;

    // A line has at most 13 tokens (modern.ircdocs.horse, "RPL_ISUPPORT"). The first begins with NETWORK.
    private static readonly string[] Tokens =
    [
        $"CASEMAPPING=ascii CHANTYPES=# CHANMODES=beI,k,l,Cimnst PREFIX=(ov)@+ STATUSMSG=@+ EXCEPTS=e INVEX=I"
            + $" MODES={ModeRequest.MaxParameters} MAXLIST=b:{MaskList.MaxEntries},e:{MaskList.MaxEntries},I:{MaskList.MaxEntries}"
            + " ELIST=CMNTU WHOX UTF8ONLY",
        $"NICKLEN={Nickname.MaxLength} USERLEN={IrcLogin.MaxUserBytes} HOSTLEN={Identity.MaxHostBytes}"
            + $" CHANNELLEN={RoomName.MaxCharacters + 1} TOPICLEN={IrcRooms.MaxTopicBytes}"
            + $" KICKLEN={IrcModeration.MaxReasonBytes} AWAYLEN={IrcTalk.MaxAwayBytes} KEYLEN={RoomRules.MaxKeyBytes}"
            + $" TARGMAX=NAMES:{IrcRooms.MaxNames},LIST:{IrcListAnswer.MaxMasks},PRIVMSG:{IrcTalk.MaxTargets},NOTICE:{IrcTalk.MaxTargets}"
            + $",TAGMSG:{IrcTalk.MaxTargets},KICK:{IrcModeration.MaxKicked} MAXTARGETS={IrcTalk.MaxTargets} SAFELIST"
            + $" EXTBAN=,{UserMask.MuteLetter}",
    ];

    private static readonly string LastTokens =
        $"CHATHISTORY={IrcHistory.MaxLimit} MSGREFTYPES=msgid,timestamp MONITOR={NickWatch.MaxWatched} NAMELEN={IrcLogin.MaxRealNameBytes}"
        + $" BOT={Encoding.ASCII.GetString(IrcUserModes.BotLetter)}";

    /// <summary>Answers ISUPPORT. Before the login is complete, the client must have requested the capability for that.</summary>
    public static CommandResult ISupport(IrcProtocolHandler client, in IrcMessage message)
    {
        if (client.Session is null && (client.Caps & IrcCaps.ExtendedISupport) == 0)
        {
            return client.NotRegistered();
        }

        Show(client);
        return CommandResult.Ok();
    }

    /// <summary>Sends all lines of 005, as a batch to a client that knows that batch.</summary>
    public static void Show(IrcProtocolHandler client)
    {
        if ((client.Caps & Batched) == Batched)
        {
            client.BeginInnerBatch("draft/isupport"u8, default);
            Write(client);
            client.EndInnerBatch();
        }
        else
        {
            Write(client);
        }
    }

    private static void Write(IrcProtocolHandler client)
    {
        // An admin sets the number of rooms.
        string[] lines = [.. Tokens, $"{LastTokens} CHANLIMIT=#:{client.Hub.Queries.Limits.RoomsPerClient}"];
        foreach (var line in lines)
        {
            var reply = client.Reply(IrcNumeric.ISupport);
            reply = line == Tokens[0] ? reply.Put(" NETWORK="u8).Put(client.Server.Network) : reply;
            reply.Param(Encoding.ASCII.GetBytes(line)).Last("are supported by this server").SendTo(client.Output);
        }

        // Only a client that is in has a place for uploads.
        if (client.Session is not null)
        {
            IrcFiles.ShowUploadPlace(client);
        }
    }
}
