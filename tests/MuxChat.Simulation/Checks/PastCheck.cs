using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Past;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Checks;

/// <summary>What a program is shown of the past: exactly what happened, exactly what is held, exactly as much as was asked for.</summary>
internal static class PastCheck
{
    private const int DefaultLimit = 100;

    /// <summary>The answer to <c>history</c> is complete.</summary>
    public static void Page(Link link, PastPage page)
    {
        var world = link.World;
        var picture = page.Picture;
        Check.Fail(picture is null, CheckNames.History, $"client {link.ClientNumber} is sent the past of {page.Room}, in which it is not");
        world.Machine.Milestones.Note(Milestone.HistoryPages);
        var memory = MemoryOf(link, page, picture!);
        var last = OwnBefore(link, page, memory, page.Last);
        var limit = page.Asked.Limit == 0 ? DefaultLimit : page.Asked.Limit;
        var first = Math.Max(page.Asked.After + 1, FirstHeld(world.Plan, memory, last));
        var forgets = world.Plan.IsMemoryShort || FirstHeld(world.Plan, memory, memory.LastSeq) > first;
        if (page.Parts > 1 && (forgets || !link.Picture.IsInside(page.Room)))
        {
            // Since the first part it was put out of the room, or the room has forgotten some of it.
            Each(link, page, memory, CheckNames.History);
            return;
        }

        Exact(link, page, memory, first, Math.Min(last, first + limit - 1), last, CheckNames.History);
    }

    /// <summary>A room was resumed, and had this number when it was.</summary>
    public static void Resumed(Link link, PastPage page, long last)
    {
        var plan = link.World.Plan;
        var picture = link.Picture.Of(page.Room)!;
        var memory = MemoryOf(link, page, picture);
        var firstHeld = FirstHeld(plan, memory, last);
        var isHeld = IsPast(memory, page.Asked.Epoch, page.Asked.After, last) && page.Asked.After >= firstHeld - 1;
        Check.Fail(
            page.Gap is not null && isHeld && !plan.IsMemoryShort,
            CheckNames.Resume,
            $"client {link.ClientNumber} is told of a gap, and all after {page.Asked.After} is held: {firstHeld} to {last} of {page.Room}");
        Check.Fail(
            page.Gap is null && !isHeld,
            CheckNames.Resume,
            $"client {link.ClientNumber} is told of no gap, and number {page.Asked.After} of epoch {page.Asked.Epoch} "
                    + $"is not of the past of {page.Room}, {firstHeld} to {last}");
        link.World.Machine.Milestones.Note(page.Gap is null ? Milestone.ResumedExactly : Milestone.ResumedWithGap);
        if (page.Gap is not { } gap)
        {
            Exact(link, page, memory, page.Asked.After + 1, Math.Min(last, picture.Entered - 1), Math.Min(last, picture.Entered - 1),
                CheckNames.Resume);
            return;
        }

        var isTrue = gap.Number("after") == page.Asked.After && gap.Number("last") == last && gap.Number("epoch") == picture.Epoch
            && (gap.Number("first") == firstHeld || (plan.IsMemoryShort && gap.Number("first") > firstHeld));
        Check.Fail(
            !isTrue,
            CheckNames.Resume,
            $"client {link.ClientNumber} is told of {gap.Number("first")} to {gap.Number("last")}, epoch {gap.Number("epoch")}; there "
                + $"are {firstHeld} to {last}, epoch {picture.Epoch}");
    }

    /// <summary>The first number that is held when the last is this one.</summary>
    public static long FirstHeld(SimPlan plan, RoomMemory memory, long last) =>
        Math.Max(memory.FirstKept(last), last - plan.Chat.History + 1);

    // How the room stands is told when it is entered, and nothing of its past before.
    private static RoomMemory MemoryOf(Link link, PastPage page, RoomPicture picture)
    {
        var entered = link.World.Chronicle.Find(page.Room, picture.Epoch, picture.Entered);
        Check.Fail(entered is null, CheckNames.Answers,
            $"client {link.ClientNumber} is sent the past of {page.Room} and was not sent the room's state");
        return entered!.Memory!;
    }

    // Its own words are told to it later, or not at all, and were carried out before.
    private static long OwnBefore(Link link, PastPage page, RoomMemory memory, long last)
    {
        for (var i = 0; i < page.Asked.Index; i++)
        {
            if (link.Intents.All[i].Event is { } own && own.Memory == memory)
            {
                last = Math.Max(last, own.Seq);
            }
        }

        return last;
    }

    // Whether the number is one of that epoch, or the one before its first.
    private static bool IsPast(RoomMemory memory, long epoch, long seq, long last)
    {
        var begin = memory.Begin;
        var isThere = false;
        for (var i = Math.Max(0, seq - begin); i <= Math.Min(memory.Events.Count - 1, seq - begin + 1); i++)
        {
            isThere |= memory.Events[(int)i].Epoch == epoch && seq <= last;
        }

        return isThere || (seq == begin - 1 && memory.Events.Count > 0 && memory.Events[0].Epoch == epoch && begin <= last);
    }

    private static void Exact(Link link, PastPage page, RoomMemory memory, long first, long end, long last, string check)
    {
        var world = link.World;
        var isShort = world.Plan.IsMemoryShort;
        var expected = Cut(world.Plan, memory, first, end);
        if (isShort && page.Events.Count > 0)
        {
            // It forgets when memory is short, and how much is not foreseen.
            Check.Fail(page.Events[0].Seq < first, check,
                $"client {link.ClientNumber} is sent number {page.Events[0].Seq} of {page.Room}, first is {first}");
            first = page.Events[0].Seq;
            expected = first + page.Events.Count - 1;
        }

        var count = Math.Max(0, expected - first + 1);
        Check.Fail(
            page.Events.Count != count && !isShort,
            check,
            $"client {link.ClientNumber} is sent {page.Events.Count} events of {page.Room}, "
                    + $"{count} it must be: {first} to {expected}, for {page.Asked}");
        Check.Fail(
            page.More != expected < last && (!isShort || page.Events.Count > 0),
            check,
            $"client {link.ClientNumber} is told that there is {(page.More ? "" : "no ")}more after {expected} of {page.Room}, "
                + $"the last is {last}");
        for (var i = 0; i < page.Events.Count; i++)
        {
            Check.Fail(page.Events[i].Seq != first + i, check,
                $"client {link.ClientNumber} is sent number {page.Events[i].Seq} of {page.Room} in the place of {first + i}");
        }

        Each(link, page, memory, check);
    }

    // What is shown is what happened, in its order.
    private static void Each(Link link, PastPage page, RoomMemory memory, string check)
    {
        var before = page.Asked.After;
        foreach (var shown in page.Events)
        {
            var at = shown.Seq - memory.Begin;
            Check.Fail(shown.Seq <= before, check, $"client {link.ClientNumber} is sent number {shown.Seq} of {page.Room} after {before}");
            before = shown.Seq;
            Check.Fail(at < 0 || at >= memory.Events.Count, check,
                $"client {link.ClientNumber} is sent number {shown.Seq} of {page.Room}, which never was");
            var happened = memory.Events[(int)at];
            var isSame = shown.Seq == happened.Seq && shown.Number("epoch") == happened.Epoch && shown["time"] == happened.Time
                && shown["type"] == FrameView.TypeOf(happened.Kind) && FrameView.AreFieldsOf(happened, shown);
            Check.Fail(!isSame, check,
                $"client {link.ClientNumber} is sent {shown["type"]} number {shown.Seq}, epoch {shown.Number("epoch")}, but "
                    + $"there is {happened}");
        }
    }

    // How far one answer goes: an event is counted as it may be encoded at the most.
    private static long Cut(SimPlan plan, RoomMemory memory, long first, long end)
    {
        var bytes = 0;
        for (var seq = first; seq <= end; seq++)
        {
            bytes += SizeOf(memory.Events[(int)(seq - memory.Begin)]);
            if (bytes > plan.Chat.HistoryAnswerBytes && seq > first)
            {
                return seq - 1;
            }
        }

        return end;
    }

    /// <summary>What an event may take on the wire at the most.</summary>
    public static int SizeOf(LoggedEvent one) => 192 + (3 * one.TextBytes);
}
