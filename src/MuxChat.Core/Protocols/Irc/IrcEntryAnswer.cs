using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>What a client is told that has entered a room: its topic, who is in, what was said last.</summary>
internal sealed class IrcEntryAnswer(Room room) : IIrcAnswer
{
    private IrcNamesAnswer? _names;

    public bool WriteLine(IrcDialogue client)
    {
        if (_names is null)
        {
            _names = new IrcNamesAnswer(room);
            IrcRooms.ShowTopic(client, room);
            return true;
        }

        if (_names.WriteLine(client))
        {
            return true;
        }

        if (client.Session!.Find(room) is { } membership)
        {
            client.Hub.Replay(client.Session, membership);
        }

        return false;
    }
}
