using System.Buffers.Text;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>CHATHISTORY (IRCv3 chathistory): past messages of a room that the client is in, as far back as the room remembers.</summary>
internal static class IrcHistory
{
    /// <summary>Messages in one answer: 100, as ISUPPORT says. A higher limit is lowered to this.</summary>
    public const int MaxLimit = 100;

    private static readonly string[] Words = ["LATEST", "BEFORE", "AFTER", "AROUND", "BETWEEN", "TARGETS"];

    public static CommandResult ChatHistory(IrcProtocolHandler client, in IrcMessage message)
    {
        var word = message[0];
        var subcommand = Array.Find(Words, WordOf(word));
        if (message.Count > 0 && subcommand is null)
        {
            return Fail(client, "INVALID_PARAMS", word, default, "Unknown command", ErrorCode.BadField);
        }

        var count = subcommand is "BETWEEN" ? 5 : 4;
        if (message.Count != count)
        {
            var isShort = message.Count < count;
            return Fail(client, "INVALID_PARAMS", message.Count == 0 ? "*"u8 : word, default,
                isShort ? "Insufficient parameters" : "Too many parameters", isShort ? ErrorCode.MissingField : ErrorCode.BadField);
        }

        var last = message[count - 1];
        if (!Utf8Parser.TryParse(last, out int limit, out var used) || used != last.Length || limit <= 0)
        {
            return Fail(client, "INVALID_PARAMS", word, last, "Invalid limit", ErrorCode.BadField);
        }

        limit = Math.Min(limit, MaxLimit);
        return subcommand is "TARGETS" ? Targets(client, message, limit) : Events(client, subcommand!, message, limit);
    }

    /// <summary>
    /// Whether a past event is shown: a message always, any other event with event-playback. Of a removed message nothing is shown but the
    /// removal, and that only to a client that knows REDACT.
    /// </summary>
    public static bool IsShown(EventKind kind, IrcCaps caps) => kind switch
    {
        EventKind.Erased => false,
        EventKind.Redacted => (~caps & (IrcCaps.EventPlayback | IrcCaps.MessageRedaction)) == 0,
        _ => EventKinds.Of(kind) is { IsNumbered: true } row && (row.IsSaid || (caps & IrcCaps.EventPlayback) != 0),
    };

    private static CommandResult Events(IrcProtocolHandler client, string subcommand, in IrcMessage message, int limit)
    {
        // Only members may read a room's history. Private messages are not stored.
        var target = message[1];
        if (client.Hub.FindRoom(client.Person, target) is not { } room || client.Person.Find(room) is null)
        {
            return Fail(client, "INVALID_TARGET", message[0], target, "Messages could not be retrieved", ErrorCode.NotInRoom);
        }

        var log = room.Log;
        var one = (Before: log.Count, After: 0);
        var other = one;
        var isKnown = true;
        for (var i = 2; i < (subcommand is "BETWEEN" ? 4 : 3); i++)
        {
            if (subcommand is "LATEST" && message[i].SequenceEqual("*"u8))
            {
                continue;
            }

            if (IrcHistoryReference.Read(message[i], out var reference) is { } wrong)
            {
                return FailReference(client, wrong, message[0], target, message[i]);
            }

            // An id that the room does not know gets an empty batch, without the mark of the end. So the client can ask by time.
            isKnown &= reference.TryPlace(log, out var place);
            (one, other) = i == 2 ? (place, other) : (one, place);
        }

        var (first, end, isEnd) = isKnown ? Choose(log, client.Caps, subcommand, one, other, limit) : (0, 0, false);
        client.OpenBatch("chathistory"u8, room.Name, EndTag(client, isEnd));
        client.Session!.EnqueueAnswer(new HistoryAnswer(client, room, log.FirstSeq + first, log.FirstSeq + end));
        return CommandResult.Ok();
    }

    // A tag of the batch says that a further request in the same direction finds nothing (IRCv3 chathistory, draft/chathistory-end).
    private static ReadOnlySpan<byte> EndTag(IrcProtocolHandler client, bool isEnd) =>
        isEnd && (client.Caps & IrcCaps.ChatHistory) != 0 ? "draft/chathistory-end"u8 : default;

    // Returns the index of the first event, the index after the last one, and whether the range that was asked for has no more.
    private static (int First, int End, bool IsEnd) Choose(EventLog log, IrcCaps caps, string subcommand, (int Before, int After) one,
        (int Before, int After) other, int limit) => subcommand switch
        {
            "LATEST" => Last(log, caps, one.After, log.Count, limit),
            "BEFORE" => Last(log, caps, 0, one.Before, limit),
            "AFTER" => First(log, caps, one.After, log.Count, limit),
            "AROUND" => Around(log, caps, one.Before, limit),
            _ when one.Before <= other.Before => First(log, caps, one.After, other.Before, limit),
            _ => Last(log, caps, other.After, one.Before, limit),
        };

    private static (int First, int End, bool IsEnd) Around(EventLog log, IrcCaps caps, int middle, int limit)
    {
        var first = Back(log, caps, 0, middle, limit / 2);
        var end = Forth(log, caps, first, log.Count, limit);
        return (first, end, HasNone(log, caps, 0, first) && HasNone(log, caps, end, log.Count));
    }

    // The first shown events of a range.
    private static (int First, int End, bool IsEnd) First(EventLog log, IrcCaps caps, int min, int max, int limit)
    {
        var end = Forth(log, caps, min, max, limit);
        return (min, end, HasNone(log, caps, end, max));
    }

    // The last shown events of a range.
    private static (int First, int End, bool IsEnd) Last(EventLog log, IrcCaps caps, int min, int max, int limit)
    {
        var first = Back(log, caps, min, max, limit);
        return (first, max, HasNone(log, caps, min, first));
    }

    // Whether a range holds no shown event. If it is too long to look through, the answer is no.
    private static bool HasNone(EventLog log, IrcCaps caps, int first, int end)
    {
        var isShort = end - first <= HistoryRange.MaxLookedThrough;
        while (isShort && first < end && !IsShown(log.KindOf(first, out _), caps))
        {
            first++;
        }

        return isShort && first >= end;
    }

    // Returns the index from which on the range holds that many shown events before its end.
    private static int Back(EventLog log, IrcCaps caps, int min, int end, int limit)
    {
        min = Math.Max(min, end - HistoryRange.MaxLookedThrough);
        while (end > min && limit > 0)
        {
            limit -= IsShown(log.KindOf(--end, out _), caps) ? 1 : 0;
        }

        return end;
    }

    // Returns the index up to which the range holds that many shown events from its start.
    private static int Forth(EventLog log, IrcCaps caps, int first, int max, int limit)
    {
        max = Math.Min(max, first + HistoryRange.MaxLookedThrough);
        while (first < max && limit > 0)
        {
            limit -= IsShown(log.KindOf(first++, out _), caps) ? 1 : 0;
        }

        return first;
    }

    private static CommandResult Targets(IrcProtocolHandler client, in IrcMessage message, int limit)
    {
        Span<long> times = stackalloc long[2];
        for (var i = 0; i < times.Length; i++)
        {
            var wrong = IrcHistoryReference.Read(message[i + 1], out var reference) ?? (reference.IsTime ? null : "INVALID_MSGREFTYPE");
            if (wrong is not null)
            {
                return FailReference(client, wrong, message[0], default, message[i + 1]);
            }

            times[i] = reference.UnixMs;
        }

        var found = new List<(Room Room, long UnixMs)>();
        foreach (var membership in client.Person.Memberships)
        {
            var log = membership.Room.Log;
            var last = Back(log, client.Caps, 0, log.Count, 1);
            if (last < log.Count && IsShown(log.KindOf(last, out _), client.Caps)
                && log.TimeOf(last) is var unixMs && unixMs > Math.Min(times[0], times[1]) && unixMs < Math.Max(times[0], times[1]))
            {
                found.Add((membership.Room, unixMs));
            }
        }

        client.Cost = Math.Max(client.Cost, client.Person.Memberships.Count);
        found.Sort(static (a, b) => a.UnixMs.CompareTo(b.UnixMs));
        client.OpenBatch("draft/chathistory-targets"u8, default, EndTag(client, found.Count <= limit));
        client.Session!.EnqueueAnswer(new TargetsAnswer(client, [.. times[0] <= times[1] ? found.Take(limit) : found.TakeLast(limit)]));
        return CommandResult.Ok();
    }

    private static Predicate<string> WordOf(ReadOnlySpan<byte> word)
    {
        var text = Encoding.UTF8.GetString(word);
        return one => one.Equals(text, StringComparison.OrdinalIgnoreCase);
    }

    // A kind of reference that the server does not know is reported with the target, and a malformed one alone.
    private static CommandResult FailReference(IrcProtocolHandler client, string code, ReadOnlySpan<byte> subcommand,
        ReadOnlySpan<byte> target, ReadOnlySpan<byte> reference) => code == "INVALID_MSGREFTYPE" && !target.IsEmpty
        ? Fail(client, code, subcommand, target, "Unknown kind of message reference", ErrorCode.BadField, reference)
        : Fail(client, code, subcommand, reference, "Invalid message reference", ErrorCode.BadField);

    // A client that uses CHATHISTORY knows FAIL, whether or not it requested standard replies (IRCv3 chathistory, "Errors and Warnings").
    private static CommandResult Fail(IrcProtocolHandler client, string code, ReadOnlySpan<byte> subcommand, ReadOnlySpan<byte> what,
        string why, ErrorCode charged, ReadOnlySpan<byte> more = default)
    {
        var line = client.Line().Put("FAIL CHATHISTORY "u8).Put(Encoding.ASCII.GetBytes(code));
        if (!subcommand.IsEmpty)
        {
            line.Param(IrcText.Shown(subcommand));
        }

        if (!what.IsEmpty)
        {
            line.Param(IrcText.Shown(what));
        }

        if (!more.IsEmpty)
        {
            line.Param(IrcText.Shown(more));
        }

        line.Last(why).SendTo(client.Output);
        return CommandResult.Error(charged, why);
    }

    /// <summary>CHATHISTORY TARGETS: the client's rooms with the time of each one's latest message.</summary>
    private sealed class TargetsAnswer(IrcProtocolHandler client, (Room Room, long UnixMs)[] targets) : ILongAnswer
    {
        private readonly WireTime _time = new();
        private int _next;

        public bool WritePart()
        {
            if (_next < targets.Length)
            {
                var (room, unixMs) = targets[_next++];
                client.Line().Put(":"u8).Put(client.Server.Name).Put(" CHATHISTORY TARGETS"u8).Param(room.Name).Param(_time.Format(unixMs))
                    .SendTo(client.Output);
            }

            return _next < targets.Length;
        }
    }

    /// <summary>
    /// CHATHISTORY: one room's events from one number up to another, one event at a time. Skips events that the room forgets meanwhile.
    /// </summary>
    private sealed class HistoryAnswer(IrcProtocolHandler client, Room room, long firstSeq, long endSeq) : ILongAnswer
    {
        /// <summary>Events examined for one line.</summary>
        private const int EventsAtOnce = 64;

        private long _next = firstSeq;

        public bool WritePart()
        {
            if (client.Person.Find(room) is null)
            {
                return false;
            }

            _next = Math.Max(_next, room.FirstSeq);
            for (var i = 0; i < EventsAtOnce && _next < endSeq; i++)
            {
                var index = (int)(_next++ - room.FirstSeq);
                if (IrcHistory.IsShown(room.Log.KindOf(index, out _), client.Caps))
                {
                    client.Output.Receive(ChatEvent.OfPast(room, room.Log.Read(index, room.Name)));
                    break;
                }
            }

            return _next < endSeq;
        }
    }
}
