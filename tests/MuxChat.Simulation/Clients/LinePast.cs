using System.Text;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Past;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// The part of a person's view that is about the past. After each entering come the lines last said there, all of them and no others; what
/// was asked for comes as one run of lines, which ends with the last one said. What happens meanwhile may be shown between them, and what
/// the room forgets meanwhile is left out.
/// </summary>
internal sealed class LinePast(Link link)
{
    private static readonly string Stamp = "* 0000-00-00 00:00:00 ";

    private readonly Queue<LoggedEvent> _due = new();
    private readonly Dictionary<string, RoomMemory> _rooms = new(StringComparer.Ordinal);
    private List<LoggedEvent> _last = [];
    private long _seenBefore;

    /// <summary>Looks at a line. False when it is not about the past.</summary>
    public bool See(ReadOnlySpan<byte> line)
    {
        if (!IsStamped(line))
        {
            return false;
        }

        while (_due.TryDequeue(out var due))
        {
            var isDue = line.SequenceEqual(Encoding.UTF8.GetBytes(due.HistoryLine));
            Check.Sees(!isDue && IsHeld(due), CheckNames.Replay, link, line, $"after its join it must be shown {due}");
            if (isDue)
            {
                return true;
            }
        }

        var found = link.World.Chronicle.FindLine(Encoding.UTF8.GetString(line));
        var goesOn = found.Where(one => _last.Exists(last => Next(last) == one)).ToList();
        if (goesOn.Count == 0)
        {
            // Between two pages of one answer the room may have forgotten what comes next.
            var isGap = _last.Exists(last => Next(last) is { } next && !IsHeld(next) && found.Any(one => IsAfter(one, last)));
            EndRun(line);
            _seenBefore = isGap ? _seenBefore : link.LastSeen;
            goesOn = [.. found.Where(one => _rooms.ContainsKey(one.Room))];
        }

        Check.Sees(goesOn.Count == 0, CheckNames.Replay, link, line, $"no client said that in one of its rooms");
        _last = goesOn;
        return true;
    }

    /// <summary>It is answered what it asked later, so that all of the past was shown that it is to be shown.</summary>
    public void Complete(ReadOnlySpan<byte> line)
    {
        while (_due.TryDequeue(out var due))
        {
            Check.Sees(IsHeld(due), CheckNames.Replay, link, line, $"after its join it was not shown {due}");
        }

        EndRun(line);
    }

    /// <summary>It is told that it is in a room: now, or again.</summary>
    public void Entered(string room)
    {
        var isNow = link.Entries.TryPeek(out var joined) && joined.Room == room
            && !(link.Expected.TryPeek(out var next) && next.Event.Index < joined.Index);
        if (!isNow)
        {
            return;
        }

        link.Entries.Dequeue();
        _rooms[room] = joined!.Memory!;
        var plan = link.World.Plan;
        if (plan.IsMemoryShort)
        {
            return;
        }

        link.World.Machine.Milestones.Note(Milestone.Replays);
        foreach (var said in LastSaid(plan, joined.Memory!, joined.Seq))
        {
            _due.Enqueue(said);
        }
    }

    private static Stack<LoggedEvent> LastSaid(SimPlan plan, RoomMemory memory, long last)
    {
        var found = new Stack<LoggedEvent>();
        var bytes = 0;
        for (var seq = last; seq >= PastCheck.FirstHeld(plan, memory, last) && found.Count < plan.Chat.Replay; seq--)
        {
            var one = memory.Events[(int)(seq - memory.Begin)];
            if (one.IsSaid)
            {
                bytes += PastCheck.SizeOf(one);
                if (bytes > plan.Chat.HistoryAnswerBytes)
                {
                    break;
                }

                found.Push(one);
            }
        }

        return found;
    }

    private static bool IsStamped(ReadOnlySpan<byte> line)
    {
        if (line.Length < Stamp.Length)
        {
            return false;
        }

        for (var i = 0; i < Stamp.Length; i++)
        {
            if (Stamp[i] == '0' ? !char.IsAsciiDigit((char)line[i]) : line[i] != Stamp[i])
            {
                return false;
            }
        }

        return true;
    }

    // In which room, if the same was said in several at once, only what follows tells. What was shown last must be the last that was said:
    // the next one of that room has not been shown otherwise before.
    private void EndRun(ReadOnlySpan<byte> line)
    {
        if (_last.Count > 0)
        {
            var isEarly = _last.TrueForAll(last => Next(last) is { } next && next.Index < _seenBefore && IsHeld(next));
            Check.Sees(isEarly, CheckNames.Replay, link, line, $"the past ended with {_last[0]}, but next was {Next(_last[0])}");
            _last = [];
        }
    }

    // Whether it is in the room, and the room has not forgotten the event.
    private bool IsHeld(LoggedEvent past)
    {
        var memory = _rooms[past.Room];
        return link.Picture.IsInside(past.Room) && past.Seq >= PastCheck.FirstHeld(link.World.Plan, memory, memory.LastSeq)
            && !link.World.Plan.IsMemoryShort;
    }

    private static bool IsAfter(LoggedEvent one, LoggedEvent last) => one.Room == last.Room && one.Seq > last.Seq;

    private LoggedEvent? Next(LoggedEvent said)
    {
        var memory = _rooms[said.Room];
        var events = memory.Events;
        for (var i = said.Seq - memory.Begin + 1; i >= 0 && i < events.Count; i++)
        {
            if (events[(int)i].IsSaid)
            {
                return events[(int)i];
            }
        }

        return null;
    }
}
