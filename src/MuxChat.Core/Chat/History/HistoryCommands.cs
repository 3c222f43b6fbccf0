using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.History;

/// <summary>Commands that show a room's past: replay on entering, a request for history, and resuming after a disconnect.</summary>
internal sealed class HistoryCommands(ChatState state, RoomCommands rooms)
{
    // Bytes that an event may take on the wire in addition to its names and text, and the factor by which those
    // may grow. JSON writes some characters of 4 bytes as 12.
    private const int EventOverheadBytes = 192;
    private const int MaxGrowth = 3;

    private const int DefaultLimit = 100;

    /// <summary>Sends a new member the last messages, if the client's protocol wants a replay.</summary>
    public static void Replay(ChatState state, Session session, Membership membership)
    {
        if (session.Recipient.WantsReplay && state.Limits.Replay > 0)
        {
            SendLastSaid(state, session, membership.Room, state.Limits.Replay);
        }
    }

    /// <summary>Returns the event number at which the replay for a new member begins, for <see cref="ReplayNext"/>.</summary>
    public static long ReplayFrom(ChatState state, Membership membership)
    {
        var log = membership.Room.Log;
        var index = IndexOf(log, membership.EnteredSeq);
        var min = Math.Max(0, index - HistoryPage.MaxLookedThrough);
        for (var lines = state.Limits.Replay; index > min && lines > 0; index--)
        {
            lines -= EventKinds.Of(log.KindOf(index - 1, out _)).IsSaid ? 1 : 0;
        }

        return log.FirstSeq + index;
    }

    /// <summary>
    /// Sends the first message from <paramref name="seq"/> on that is older than the member's entry, and moves
    /// <paramref name="seq"/> past it. False if none is left.
    /// </summary>
    public static bool ReplayNext(Session session, Membership membership, ref long seq)
    {
        var room = membership.Room;
        var index = IndexOf(room.Log, seq);
        var end = IndexOf(room.Log, membership.EnteredSeq);
        while (index < end && !EventKinds.Of(room.Log.KindOf(index, out _)).IsSaid)
        {
            index++;
        }

        if (index >= end)
        {
            return false;
        }

        seq = room.FirstSeq + index + 1;
        session.Recipient.Receive(
            new ChatEvent { Kind = EventKind.History, Room = room, Past = new HistoryPage(room, index, index + 1, saidOnly: true) });
        return true;
    }

    /// <summary>Sends the last messages if the client's protocol wants replays, or else the events after a given number.</summary>
    public CommandResult History(Session session, in Command command)
    {
        var found = state.FindRoom(session.Person, command.Room, out var room);
        if (!found.IsOk)
        {
            return found;
        }

        if (session.Person.Find(room) is null)
        {
            return CommandResult.Error(ErrorCode.NotInRoom, $"you are not in {ChatState.Text(room.Name)}: join it first");
        }

        if (command.Limit > state.Limits.History)
        {
            return CommandResult.Error(ErrorCode.BadField,
                $"{command.Limit} is too many: a room remembers at most {state.Limits.History} events");
        }

        if (session.Recipient.WantsReplay)
        {
            SendLastSaid(state, session, room, command.Limit == 0 ? state.Limits.Replay : command.Limit);
            return CommandResult.Ok();
        }

        SendAfter(session, room, command.After, room.LastSeq, command.Limit == 0 ? DefaultLimit : command.Limit);
        return CommandResult.Ok();
    }

    /// <summary>
    /// Enters a room, under a new nick if one is given, and sends its events since the given one. If some
    /// of these are no longer held, sends a gap instead.
    /// </summary>
    public CommandResult Resume(Session session, in Command command)
    {
        if (command.Room.IsEmpty || command.Epoch == 0)
        {
            return CommandResult.Error(ErrorCode.MissingField, command.Room.IsEmpty ? "the room is missing" : "the epoch is missing");
        }

        if (!command.Nick.IsEmpty && !Nickname.IsValid(command.Nick))
        {
            return CommandResult.Error(ErrorCode.BadNick, Nickname.Rule);
        }

        var allowed = rooms.MayEnter(session.Person, command.Room, command.Key, command.Nick);
        if (allowed.IsOk && !command.Nick.IsEmpty)
        {
            allowed = rooms.Rename(session.Person, command);
        }

        if (!allowed.IsOk)
        {
            return allowed;
        }

        var room = rooms.Open(session.Person, command.Room, out var price);
        var membership = session.Person.Find(room);
        var upTo = membership is null ? room.LastSeq : membership.EnteredSeq - 1;
        if (room.Log.HoldsAllAfter(command.Epoch, command.After))
        {
            SendAfter(session, room, command.After, upTo, int.MaxValue);
        }
        else
        {
            session.Recipient.Receive(
                new ChatEvent { Kind = EventKind.Gap, Room = room, Seq = command.After, UnixMs = state.Clock.UnixMs });
        }

        if (membership is null)
        {
            return CommandResult.Ok(rooms.Enter(session.Person, room)) with { Price = price };
        }

        rooms.TurnTo(session.Person, room);
        return CommandResult.Ok(room.LastSeq) with { Price = price };
    }

    private static void SendLastSaid(ChatState state, Session session, Room room, int lines)
    {
        var first = room.Log.Count;
        var min = Math.Max(0, first - HistoryPage.MaxLookedThrough);
        var bytes = 0;
        while (first > min && lines > 0)
        {
            if (EventKinds.Of(room.Log.KindOf(first - 1, out var length)).IsSaid)
            {
                bytes += SizeOf(length);
                if (bytes > state.Limits.HistoryAnswerBytes)
                {
                    break;
                }

                lines--;
            }

            first--;
        }

        Send(state, session, room, first, room.Log.Count, saidOnly: true, hasMore: false);
    }

    private void SendAfter(Session session, Room room, long after, long upTo, int limit)
    {
        var first = (int)Math.Clamp(after - room.FirstSeq + 1, 0, room.Log.Count);
        var last = (int)Math.Clamp(upTo - room.FirstSeq + 1, first, room.Log.Count);
        var bytes = 0;
        var end = first;
        while (end < last && end - first < limit)
        {
            room.Log.KindOf(end, out var length);
            bytes += SizeOf(length);
            if (bytes > state.Limits.HistoryAnswerBytes && end > first)
            {
                break;
            }

            end++;
        }

        Send(state, session, room, first, end, saidOnly: false, hasMore: end < last);
    }

    private static int IndexOf(EventLog log, long seq) => (int)Math.Clamp(seq - log.FirstSeq, 0, log.Count);

    // Sends the events in parts, each of which fits a segment.
    private static void Send(ChatState state, Session session, Room room, int first, int end, bool saidOnly, bool hasMore)
    {
        do
        {
            var bytes = 0;
            var next = first;
            while (next < end)
            {
                var kind = room.Log.KindOf(next, out var length);
                bytes += saidOnly && !EventKinds.Of(kind).IsSaid ? 0 : SizeOf(length);
                if (bytes > state.Limits.HistoryPartBytes && next > first)
                {
                    break;
                }

                next++;
            }

            session.Recipient.Receive(new ChatEvent
            {
                Kind = EventKind.History,
                Room = room,
                Past = new HistoryPage(room, first, next, saidOnly),
                More = hasMore || next < end,
            });
            first = next;
        }
        while (first < end);
    }

    /// <summary>Returns the most bytes that an event may take when encoded, given the bytes of its names and text in the log.</summary>
    internal static int SizeOf(int bytes) => EventOverheadBytes + (MaxGrowth * bytes);
}
