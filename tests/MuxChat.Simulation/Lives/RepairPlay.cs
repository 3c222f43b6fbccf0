using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Disk;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;
using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Recovery;
using MuxChat.Storage.Tools;
using MuxChat.Testing.Disks;

namespace MuxChat.Simulation.Lives;

/// <summary>
/// Damages a copy of the journal that a run leaves behind and repairs it, as an admin would with <c>muxchat journal repair</c>. The repair
/// may be cut short by the power or by the disk; then it is run again.
/// </summary>
/// <remarks>
/// What must be left is counted in the bytes, without the code that repairs: every record that is as it was before the damage.
/// </remarks>
internal sealed class RepairPlay(SimWorld world, JournalOptions options, int number)
{
    private const string DamagedEnd = ".damaged";
    private const int PlaysEach = 2;
    private const int MaxAttempts = 4;
    private const int MaxCallsBeforeFault = 40;

    private readonly SeededRandom _random = SeededRandom.For(world.Machine.Seed, Machine.RepairPart, number, 0);
    private readonly List<string> _kept = [];
    private MemoryDisk _disk = new();
    private bool _wasCutShort;

    /// <summary>Plays it on copies of the disk, before and after the journal is ended in order, a few times each.</summary>
    public static void PlayAll(SimWorld world, JournalOptions options, JournalSession session, SimDisk disk)
    {
        for (var number = 0; number < 2 * PlaysEach; number++)
        {
            if (number == PlaysEach)
            {
                session.Close();
            }

            new RepairPlay(world, options, number).Play(disk);
        }
    }

    private void Play(SimDisk disk)
    {
        _disk = disk.Image();
        var whole = JournalRecords.Read(_disk);
        if (!Damage())
        {
            return;
        }

        var damaged = _disk.Copy();
        var left = JournalRecords.Left(whole, damaged);
        var wasDamaged = JournalDirectory.Check(damaged).IsDamaged;
        var done = Repair();
        CheckKept(done, damaged);
        CheckLeft(left);
        CheckOpens(wasDamaged);
    }

    private bool Damage()
    {
        var segments = JournalRecords.Segments(_disk);
        if (segments.Count == 0)
        {
            return false;
        }

        if (segments.Count > 2 && _random.Chance(0.3))
        {
            _disk.Remove(segments[_random.Between(1, segments.Count - 2)]);
            segments = JournalRecords.Segments(_disk);
        }

        if (_random.Chance(0.2))
        {
            // An earlier repair has kept something.
            _disk[_random.Pick([.. segments]) + DamagedEnd] = [1, 2, 3];
        }

        for (var i = _random.Between(1, 3); i > 0; i--)
        {
            var name = _random.Pick([.. segments]);
            var bytes = _disk[name];
            var at = _random.Below(Math.Max(1, bytes.Length));
            if (at >= bytes.Length)
            {
                // Nothing was written to it before the power went.
                continue;
            }

            if (_random.Chance(0.2))
            {
                bytes = bytes[..at];
            }
            else
            {
                bytes.AsSpan(at, Math.Min(_random.Pick(1, 1, 8, 600), bytes.Length - at)).Fill((byte)_random.Below(256));
            }

            _disk[name] = bytes;
        }

        return true;
    }

    private JournalRepair Repair()
    {
        for (var attempt = 1; ; attempt++)
        {
            var isSure = attempt == MaxAttempts || _random.Chance(0.5);
            DrawFaults(isSure);
            try
            {
                var done = JournalDirectory.Repair(_disk);
                if (isSure || done.Refused is null)
                {
                    // What it says that it did is durable.
                    _disk = _random.Chance(0.5) ? _disk.AfterPowerLoss(new SeededChance(_random)) : _disk.Copy();
                    return done;
                }
            }
            catch (PowerLostException)
            {
                _disk = _disk.AfterPowerLoss(new SeededChance(_random));
            }

            _wasCutShort = true;
            world.Machine.Milestones.Note(Milestone.RepairsCutShort);
        }
    }

    private void DrawFaults(bool isSure)
    {
        _disk.Faults.ChangesUntilPowerLoss = !isSure && _random.Chance(0.6) ? _random.Below(30) : long.MaxValue;

        // One call fails, whichever it is.
        var calls = _random.Below(MaxCallsBeforeFault);
        _disk.Faults.Failing = isSure || _random.Chance(0.5) ? null : _ => calls-- == 0 ? DiskResult.Failed("a fault") : null;
    }

    // What was rewritten lies beside it as it was found. A repair that was cut short may have kept only a
    // part, and says so by a second name.
    private void CheckKept(JournalRepair done, MemoryDisk damaged)
    {
        Check.Fail(done.Refused is not null, CheckNames.Repair, $"a repair on a disk that works is refused: {done.Refused}");
        foreach (var segment in done.Segments.Where(static segment => segment.KeptPath is not null))
        {
            world.Machine.Milestones.Note(Milestone.SegmentsRepaired);
            var (name, kept) = (NameOf(segment.Path), NameOf(segment.KeptPath!));
            _kept.Add(name);
            Check.Fail(
                !_wasCutShort && !_disk[kept].AsSpan().SequenceEqual(damaged[name]),
                CheckNames.Repair,
                $"{kept} has {_disk[kept].Length} bytes, and is not {name} as it was, of {damaged[name].Length} bytes");
        }

        foreach (var (name, old) in damaged.Names.Where(static name => name.EndsWith(DamagedEnd, StringComparison.Ordinal))
            .Select(name => (name, damaged[name])))
        {
            Check.Fail(!_disk.Names.Contains(name) || !_disk[name].AsSpan().SequenceEqual(old), CheckNames.Repair,
                $"{name} was kept by an earlier repair, and is changed");
        }
    }

    private void CheckLeft(IReadOnlyDictionary<string, List<byte[]>> left)
    {
        var found = JournalRecords.Read(_disk);
        foreach (var (segment, records) in left)
        {
            var there = found.GetValueOrDefault(segment) ?? [];
            var isSame = there.Count == records.Count
                && there.Zip(records).All(static pair => pair.First.Bytes.AsSpan().SequenceEqual(pair.Second));
            Check.Fail(!isSame, CheckNames.Repair,
                $"{segment} has {there.Count} events after the repair, {records.Count} were whole before it"
                    + $"{(_kept.Contains(segment) ? ", and it was rewritten" : "")}");
        }
    }

    private void CheckOpens(bool wasDamaged)
    {
        var check = JournalDirectory.Check(_disk);
        Check.Fail(check.Unreadable is not null, CheckNames.Repair, $"after the repair: {check.Unreadable}");
        Check.Fail(check.Damages.Count > 0, CheckNames.Repair,
            $"after the repair: {(check.Damages.Count > 0 ? check.Damages[0].Message : "")}");
        var opening = JournalOpener.Open(_disk, options, new RestoredPast(world.Chronicle, null), new RepairedObserver(),
            world.Machine.Clock);
        Check.Fail(opening.Session is null, CheckNames.Repair, $"after the repair the journal does not open: {opening.Message}");
        Check.Fail(opening.Session!.WasClean && wasDamaged, CheckNames.Repair, $"after the repair the journal says that nothing was lost");
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Nothing is to be said of a journal that was repaired.</summary>
    private sealed class RepairedObserver : IJournalObserver
    {
        void IJournalObserver.TailCut(string path, long offset, long bytes, string reason) =>
            Check.Fail(true, CheckNames.Repair, $"after the repair {path} is cut at {offset}: {reason}");

        void IJournalObserver.IndexRebuilt(string path, string reason)
        {
        }

        void IJournalObserver.Failed(string path, string message) =>
            Check.Fail(true, CheckNames.Repair, $"after the repair {path}: {message}");

        void IJournalObserver.Full(string path, string message) =>
            Check.Fail(true, CheckNames.Repair, $"after the repair {path}: {message}");

        void IJournalObserver.Resumed(string path)
        {
        }

        void IJournalObserver.SegmentDeleted(string path, long bytes)
        {
        }

        void IJournalObserver.HousekeepingFailed(string path, string message) =>
            Check.Fail(true, CheckNames.Repair, $"after the repair {path}: {message}");

        void IJournalObserver.FellBehind(long waitingBytes)
        {
        }

        void IJournalObserver.BacklogFull(long waitingBytes)
        {
        }

        void IJournalObserver.CaughtUp()
        {
        }
    }
}
