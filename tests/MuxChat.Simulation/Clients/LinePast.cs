using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Past;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// The part of a person's view that is about the past. Behind each entering come the lines last said there, all of them and no others; what
/// was asked for comes as one run of lines, which ends with the last one said.
/// </summary>
internal sealed class LinePast(Link link)
{
    private static readonly string Stamp = "* 0000-00-00 00:00:00 ";

    private readonly Queue<LoggedEvent> _due = new();
    private readonly Dictionary<string, RoomMemory> _rooms = new(StringComparer.Ordinal);
    private List<LoggedEvent> _last = [];

    /// <summary>Looks at a line. False when it is not about the past.</summary>
    public bool See(ReadOnlySpan<byte> line)
    {
        if (_due.TryDequeue(out var due))
        {
            var isDue = line.SequenceEqual(Encoding.UTF8.GetBytes(due.HistoryLine));
            Check.Sees(!isDue, CheckNames.Replay, link, line, $"after its join it must be shown {due}");
            return true;
        }

        if (!IsStamped(line))
        {
            EndRun(line);
            return false;
        }

        var found = link.World.Chronicle.FindLine(Encoding.UTF8.GetString(line));
        var goesOn = found.Where(one => _last.Exists(last => Next(last) == one)).ToList();
        if (goesOn.Count == 0)
        {
            EndRun(line);
            goesOn = [.. found.Where(one => _rooms.ContainsKey(one.Room))];
        }

        Check.Sees(goesOn.Count == 0, CheckNames.Replay, link, line, $"no client said that in one of its rooms");
        _last = goesOn;
        return true;
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
            if (one.Kind is EventKind.Said or EventKind.Acted)
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
            var isEarly = _last.TrueForAll(last => Next(last) is { } next && next.Index < link.LastSeen);
            Check.Sees(isEarly, CheckNames.Replay, link, line, $"the past ended with {_last[0]}, but next was {Next(_last[0])}");
            _last = [];
        }
    }

    private LoggedEvent? Next(LoggedEvent said)
    {
        var memory = _rooms[said.Room];
        var events = memory.Events;
        for (var i = said.Seq - memory.Begin + 1; i >= 0 && i < events.Count; i++)
        {
            if (events[(int)i].Kind is EventKind.Said or EventKind.Acted)
            {
                return events[(int)i];
            }
        }

        return null;
    }
}
