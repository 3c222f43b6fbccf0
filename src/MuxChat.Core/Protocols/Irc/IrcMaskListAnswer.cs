using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// MODE with a list's letter and no mask: a line for each mask that stood in it when it was asked for, then the end of the list.
/// </summary>
internal sealed class IrcMaskListAnswer(IrcDialogue client, Room room, char letter, MaskEntry[] masks) : ILongAnswer
{
    private int _next;

    public bool WritePart()
    {
        var (entry, end, name) = letter switch
        {
            'b' => (IrcNumeric.BanList, IrcNumeric.EndOfBanList, "ban"),
            'e' => (IrcNumeric.ExceptList, IrcNumeric.EndOfExceptList, "exception"),
            _ => (IrcNumeric.InviteList, IrcNumeric.EndOfInviteList, "invite exception"),
        };
        if (_next == masks.Length)
        {
            client.Reply(end).Param(room.Name).Last($"End of channel {name} list").SendTo(client.Output);
            return false;
        }

        var mask = masks[_next++];
        client.Reply(entry).Param(room.Name).Param(mask.Mask).Param(mask.SetBy).Param(mask.UnixMs / 1000).SendTo(client.Output);
        return true;
    }
}
