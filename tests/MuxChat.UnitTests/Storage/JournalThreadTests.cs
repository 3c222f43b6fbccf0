using System.Diagnostics;
using MuxChat.Core.Chat.History;
using MuxChat.Storage;
using MuxChat.Storage.Recovery;
using MuxChat.Testing.Disks;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>The journal with its thread, on the real disk.</summary>
public sealed class JournalThreadTests
{
    [Theory]
    [InlineData(Durability.Fsync)]
    [InlineData(Durability.Os)]
    [InlineData(Durability.None)]
    public void Events_of_many_batches_are_acknowledged_in_order_and_come_back(Durability durability)
    {
        const int Events = 5_000;
        using var directory = new TestDirectory();
        var options = new JournalOptions { Durability = durability, HistoryEvents = Events, SegmentBytes = 64 * 1024 };
        var first = Rig.Open(directory.Disk, options);
        using var woken = new AutoResetEvent(false);
        using (var thread = StorageThread.Start(first.Session, () => woken.Set()))
        {
            var acknowledged = 0L;
            for (var seq = 1; seq <= Events; seq++)
            {
                Assert.Equal(seq, new Line("#a", seq, "text").AppendTo(first.Journal));
                if (seq % 10 == 0)
                {
                    first.Journal.Submit();
                    TakeOutcomes(first.Journal, ref acknowledged);
                }

                // So that it takes several batches, and several segments.
                while (seq % 500 == 0 && acknowledged < seq)
                {
                    first.Journal.Submit();
                    Assert.True(woken.WaitOne(Guard.Ms),
                        $"Within {Guard.Ms} ms the writer told no outcome after that of event {acknowledged}, of {seq}");
                    TakeOutcomes(first.Journal, ref acknowledged);
                }
            }
        }

        var second = Rig.Open(directory.Disk, options);
        Assert.Equal(Enumerable.Range(1, Events).Select(seq => (long)seq), second.Sink.Numbers);
        Assert.True(second.Session.WasClean);
        Assert.InRange(second.Session.Segments, 4, 6);
        second.Session.Close();
    }

    [Fact]
    public void Close_writes_what_was_never_submitted()
    {
        using var directory = new TestDirectory();
        var first = Rig.Open(directory.Disk);
        using (StorageThread.Start(first.Session, () => { }))
        {
            new Line("#a", 1, "last words").AppendTo(first.Journal);
        }

        Assert.True(first.Journal.TryTakeOutcome(out var outcome));
        Assert.Equal(new JournalOutcome(1, JournalStatus.Stored), outcome);

        var second = Rig.Open(directory.Disk);
        Assert.True(second.Session.WasClean);
        Assert.Equal([1], second.Sink.Numbers);
        second.Session.Close();
    }

    [Fact]
    public void Close_with_a_disk_that_hangs_returns_when_patience_ends()
    {
        var disk = new MemoryDisk();
        var first = Rig.Open(disk);
        var cancelled = TestContext.Current.CancellationToken;
        using var inSync = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        disk.Faults.Failing = call =>
        {
            if (call.StartsWith("sync", StringComparison.Ordinal))
            {
                inSync.Set();
                Assert.True(goOn.Wait(Guard.Ms, cancelled), $"Within {Guard.Ms} ms the test did not let the disk go on");
            }

            return null;
        };
        using (var thread = StorageThread.Start(first.Session, () => { }))
        {
            new Line("#a", 1, "text").AppendTo(first.Journal);
            first.Journal.Submit();
            Assert.True(inSync.Wait(Guard.Ms, cancelled), $"Within {Guard.Ms} ms the writer did not sync");

            // The loop goes on meanwhile: nothing it calls waits.
            new Line("#a", 2, "text").AppendTo(first.Journal);
            first.Journal.Submit();
            Assert.False(first.Journal.TryTakeOutcome(out _));
            Assert.False(thread.Close(TimeSpan.Zero));
            goOn.Set();
        }

        Assert.True(first.Journal.TryTakeOutcome(out var outcome));
        Assert.Equal(new JournalOutcome(2, JournalStatus.Stored), outcome);
    }

    [Fact]
    public void Second_process_is_refused_while_the_first_holds_the_directory()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "there is no flock(1)");
        using var directory = new TestDirectory();
        var first = Rig.Open(directory.Disk);
        Assert.NotEqual(0, Flock(directory));
        first.Session.Close();
        Assert.Equal(0, Flock(directory));
        Assert.Equal(JournalOpeningStatus.Opened, Rig.Open(directory.Disk).Opening.Status);
    }

    private static void TakeOutcomes(Journal journal, ref long acknowledged)
    {
        while (journal.TryTakeOutcome(out var outcome))
        {
            Assert.Equal(JournalStatus.Stored, outcome.Status);
            Assert.True(outcome.UpTo > acknowledged);
            acknowledged = outcome.UpTo;
        }
    }

    private static int Flock(TestDirectory directory)
    {
        using var process = Process.Start("/usr/bin/flock", ["--nonblock", directory["lock"], "true"]);
        Assert.True(process.WaitForExit(Guard.Ms), $"Within {Guard.Ms} ms flock did not end, which is not to wait");
        return process.ExitCode;
    }
}
