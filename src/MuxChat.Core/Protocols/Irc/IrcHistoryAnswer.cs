using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>CHATHISTORY: the events of a room from one number up to another, one by one. What the room forgets meanwhile is left out.</summary>
internal sealed class IrcHistoryAnswer(IrcDialogue client, Room room, long firstSeq, long endSeq) : ILongAnswer
{
    /// <summary>Events that are looked at for one line.</summary>
    private const int EventsAtOnce = 64;

    private long _next = firstSeq;

    public bool WritePart()
    {
        if (client.Session!.Find(room) is null)
        {
            return false;
        }

        _next = Math.Max(_next, room.FirstSeq);
        for (var i = 0; i < EventsAtOnce && _next < endSeq; i++)
        {
            var index = (int)(_next++ - room.FirstSeq);
            if (IrcHistory.IsShown(room.Log.KindOf(index, out _), client.Caps))
            {
                client.Output.Receive(new ChatEvent { Kind = EventKind.History, Room = room, Past = new HistoryPage(room, index, index + 1, saidOnly: false) });
                break;
            }
        }

        return _next < endSeq;
    }
}
