using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>What a client is told that has entered a room: its topic, who is in, what was said last.</summary>
internal sealed class IrcEntryAnswer(IrcDialogue client, Room room) : ILongAnswer
{
    private const IrcCaps AsksItself = IrcCaps.Batch | IrcCaps.ChatHistory;

    private IrcNamesAnswer? _names;
    private bool _isNamed;
    private long _replayed = -1;

    public bool WritePart()
    {
        if (_names is null)
        {
            _names = new IrcNamesAnswer(client, room);
            IrcRooms.ShowTopic(client, room);
            return true;
        }

        if (!_isNamed)
        {
            _isNamed = !_names.WritePart();
            return true;
        }

        // Who can ask for the past does (IRCv3 chathistory).
        if ((client.Caps & AsksItself) == AsksItself || client.Session!.Find(room) is not { } membership)
        {
            return false;
        }

        _replayed = _replayed < 0 ? client.Hub.ReplayFrom(membership) : _replayed;
        return ChatHub.ReplayNext(client.Session, membership, ref _replayed);
    }
}
