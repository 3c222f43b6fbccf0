using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Presence;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>WHOWAS: 314 and 312 for each who had a nick, the last one first, then 369 (RFC 1459, section 4.5.3).</summary>
internal sealed class IrcWhoWasAnswer(IrcDialogue client, byte[] nick, Departure[] departures) : ILongAnswer
{
    private int _next;

    public bool WritePart()
    {
        if (_next == departures.Length)
        {
            client.Reply(IrcNumeric.EndOfWhoWas).Param(nick).Last("End of WHOWAS").SendTo(client.Output);
            return false;
        }

        var (name, identity, unixMs) = departures[_next++];
        client.Reply(IrcNumeric.WhoWasUser).Param(name).Param(identity.User).Param(identity.Host).Param("*"u8).Last(identity.RealName).SendTo(client.Output);
        client.Reply(IrcNumeric.WhoIsServer).Param(name).Param(IrcServer.Name).Last(IrcServerQueries.Show(unixMs)).SendTo(client.Output);
        return true;
    }
}
