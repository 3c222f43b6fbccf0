using MuxChat.Core.Chat.History;
using MuxChat.Storage.Tools;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>How something was said, a notice, by a program, with tags, is kept with it.</summary>
public sealed class MarkedEventTests
{
    [Fact]
    public void Marks_and_tags_are_kept_by_a_repair_and_shown_by_a_dump()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        rig.Store(1);
        var marked = new Line("#a", 2, "beep") { Marks = EventMarks.Bot, Tags = "+draft/reply=1-1" };
        marked.AppendTo(rig.Journal);
        rig.Pump();
        rig.Session.Close();
        Rig.SpoilAndRepair(disk);
        var again = Rig.Open(disk);
        Assert.Equal(marked, again.Sink.Lines[^1]);
        again.Session.Close();
        var shown = new List<Line>();
        JournalDirectory.Dump(disk, "#a"u8, (in StoredEvent past) =>
        {
            shown.Add(Line.From(past));
            return true;
        });
        Assert.Equal(marked, shown[^1]);
    }
}
