using System.Globalization;
using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>What CHATHISTORY must be answered with (IRCv3 chathistory), by the model of what the room remembers.</summary>
internal static class IrcPages
{
    private const int MaxLines = 100;

    /// <summary>The answer to one request, at the moment it is carried out.</summary>
    /// <param name="link">Whose request it is.</param>
    /// <param name="view">What that client sees.</param>
    /// <param name="line">The request.</param>
    /// <param name="firstHeld">The first number that a room holds: asked only where memory is short, and it cannot be foreseen.</param>
    public static LedgerEntry Answer(Link link, IrcView view, IrcSeen line, Func<string, long> firstHeld)
    {
        var word = line[0];
        var limit = int.Parse(line.Last, CultureInfo.InvariantCulture);
        if (limit <= 0)
        {
            return Fail("INVALID_PARAMS");
        }

        var memory = link.World.Life.Memories.Find(line[1]);
        if (memory is null || !link.Rooms.Exists(room => string.Equals(room.Name, line[1], StringComparison.OrdinalIgnoreCase)))
        {
            return Fail("INVALID_TARGET");
        }

        var plan = link.World.Plan;
        var first = plan.IsMemoryShort ? Math.Max(memory.Begin, firstHeld(memory.Name)) : PastCheck.FirstHeld(plan, memory, memory.LastSeq);
        var held = memory.Events.Where(past => past.Seq >= first).ToList();
        var isForgotten = false;
        var places = new List<(long Before, long After)>();
        foreach (var reference in line.Parameters.Skip(2).SkipLast(1))
        {
            if (reference == "*")
            {
                continue;
            }

            if (reference.StartsWith("nonsense=", StringComparison.Ordinal))
            {
                return Fail("INVALID_MSGREFTYPE");
            }

            var place = PlaceOf(reference, memory.Events, held);
            if (place is null)
            {
                return new LedgerEntry(LedgerEntry.Page, "") { Room = memory.Name, Memory = memory };
            }

            isForgotten |= place.Value.After < first && reference.StartsWith("msgid=", StringComparison.Ordinal);
            places.Add(place.Value);
        }

        var hasPlayback = (view.AskedCaps & IrcCapability.EventPlayback) != 0;
        var shown = held.Where(past => IsShown(past.Kind, hasPlayback)).ToList();
        word = word.ToUpperInvariant();
        var page = Choose(word, shown, places, Math.Min(limit, MaxLines)).ToList();
        var all = word == "AROUND" ? shown.Count : Choose(word, shown, places, int.MaxValue).Count();
        return new LedgerEntry(LedgerEntry.Page, "")
        {
            Room = memory.Name,
            Memory = memory,
            Events = new Queue<LoggedEvent>(page),
            MayBeUnknown = isForgotten,
            IsEnd = page.Count == all && (view.AskedCaps & IrcCapability.ChatHistory) != 0,
        };
    }

    private static LedgerEntry Fail(string code) => new(LedgerEntry.Fail, code);

    // The numbers before which what comes before it ends, and after which what comes after it begins. Null for what never was.
    private static (long Before, long After)? PlaceOf(string reference, List<LoggedEvent> all, List<LoggedEvent> held)
    {
        var value = reference[(reference.IndexOf('=', StringComparison.Ordinal) + 1)..];
        if (reference.StartsWith("msgid=", StringComparison.Ordinal))
        {
            var named = all.Find(past => $"{past.Epoch}-{past.Seq}" == value);
            return named is null ? null : (named.Seq, named.Seq);
        }

        // Times have three digits after the dot, all of them: they sort as texts.
        var before = held.FindLast(past => string.CompareOrdinal(past.Time, value) < 0)?.Seq ?? 0;
        var until = held.FindLast(past => string.CompareOrdinal(past.Time, value) <= 0)?.Seq ?? 0;
        return (before + 1, until);
    }

    private static IEnumerable<LoggedEvent> Choose(string word, List<LoggedEvent> shown, List<(long Before, long After)> places, int limit)
    {
        switch (word)
        {
            case "LATEST":
                return shown.Where(past => places.Count == 0 || past.Seq > places[0].After).TakeLast(limit);
            case "BEFORE":
                return shown.Where(past => past.Seq < places[0].Before).TakeLast(limit);
            case "AFTER":
                return shown.Where(past => past.Seq > places[0].After).Take(limit);
            case "AROUND":
                var before = shown.Where(past => past.Seq < places[0].Before).TakeLast(limit / 2).ToList();
                return [.. before, .. shown.Where(past => past.Seq >= places[0].Before).Take(limit - before.Count)];
            default:
                var (one, other) = (places[0], places[1]);
                return one.Before <= other.Before
                    ? shown.Where(past => past.Seq > one.After && past.Seq < other.Before).Take(limit)
                    : shown.Where(past => past.Seq > other.After && past.Seq < one.Before).TakeLast(limit);
        }
    }

    private static bool IsShown(EventKind kind, bool hasPlayback) => kind is EventKind.Said or EventKind.Acted
        || (hasPlayback && kind is EventKind.Joined or EventKind.Left or EventKind.Quit or EventKind.Renamed
            or EventKind.TopicSet or EventKind.Kicked or EventKind.ModeSet);
}
