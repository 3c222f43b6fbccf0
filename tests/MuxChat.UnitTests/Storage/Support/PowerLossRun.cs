using MuxChat.Core.Chat.History;
using MuxChat.Storage;
using MuxChat.Storage.Recovery;
using MuxChat.Testing.Disks;

namespace MuxChat.UnitTests.Storage.Support;

/// <summary>
/// Lives of one journal, one after the other, in which the power may go at any change of the disk. Keeps beside it what was said about each
/// event, and compares that with what is there at the next start.
/// </summary>
internal sealed class PowerLossRun(int seed, Durability durability, bool mayFill, long retainBytes = 0, bool mayBeKilled = false)
{
    private readonly Random _random = new(seed);
    private readonly JournalOptions _options = new()
    {
        Durability = durability,
        SegmentBytes = 700,
        RetainBytes = retainBytes,
        HistoryEvents = 1_000_000,
        BatchBytes = 1,
        FullRetry = TimeSpan.Zero,
    };

    private readonly List<long> _mayBeThere = [];
    private readonly HashSet<long> _mustBeThere = [];
    private readonly HashSet<long> _leftToSystem = [];
    private MemoryDisk _disk = new();
    private long _seq;
    private long _seqAtStart;
    private long _outcomeUpTo;
    private bool _hasLost;
    private bool _endedWell = true;
    private int _lives;

    /// <summary>Changes of the disk in the first life.</summary>
    public int Changes { get; private set; }

    /// <summary>One life: a start, what was there is compared, a few batches, perhaps an end.</summary>
    /// <param name="changes">After so many changes of the disk the power goes.</param>
    public void Live(long changes)
    {
        _lives++;
        _disk.Faults.ChangesUntilPowerLoss = changes;
        var logged = _disk.Log.Count;
        try
        {
            var rig = Rig.Open(_disk, _options);
            Compare(rig);
            _endedWell = false;
            for (var batches = _random.Next(12); batches >= 0; batches--)
            {
                Say(rig);
            }

            if (_random.Next(3) == 0)
            {
                _disk.Faults.RoomBytes = long.MaxValue;
                rig.Session.Close();
                TakeOutcomes(rig);
                _endedWell = true;
            }
        }
        catch (PowerLostException)
        {
            _endedWell = false;
        }

        Changes = _disk.Log.Count - logged;
        _disk.Faults.ChangesUntilPowerLoss = long.MaxValue;
        _disk.Faults.RoomBytes = long.MaxValue;
        if (mayBeKilled && _random.Next(2) == 0)
        {
            // The process alone is gone: what it left to the system is there, and durable once the next start has seen it.
            _disk.Kill();
        }
        else
        {
            _disk = _disk.AfterPowerLoss(_random);
            _leftToSystem.Clear();
        }
    }

    /// <summary>The last start, without trouble.</summary>
    public void Check() => Compare(Rig.Open(_disk, _options));

    private void Say(Rig rig)
    {
        _disk.Faults.RoomBytes = mayFill && _random.Next(4) == 0 ? _disk.Names.Sum(name => _disk[name].Length) + _random.Next(200)
            : long.MaxValue;
        _disk.Faults.WriteBytes = _random.Next(4) == 0 ? 1 + _random.Next(100) : int.MaxValue;
        for (var events = _random.Next(6); events >= 0; events--)
        {
            _mayBeThere.Add(++_seq);
            new Line("#a", _seq, new string('x', _random.Next(60))).AppendTo(rig.Journal);
        }

        rig.Journal.Submit();
        if (_random.Next(3) > 0)
        {
            rig.Session.Writer.Step();
        }

        TakeOutcomes(rig);
    }

    private void TakeOutcomes(Rig rig)
    {
        while (rig.Journal.TryTakeOutcome(out var outcome))
        {
            // Positions begin at 1 with each start.
            var upTo = outcome.UpTo + _seqAtStart;
            if (outcome.Status == JournalStatus.Full)
            {
                _mayBeThere.RemoveAll(seq => seq > _outcomeUpTo && seq <= upTo);
            }
            else
            {
                Assert.Equal(JournalStatus.Stored, outcome.Status);
                var promised = durability == Durability.Fsync ? _mustBeThere : _leftToSystem;
                promised.UnionWith(_mayBeThere.Where(seq => seq > _outcomeUpTo && seq <= upTo));
            }

            _hasLost |= outcome.Status == JournalStatus.Full;
            _outcomeUpTo = upTo;
        }
    }

    // Retention takes the oldest, and nothing else.
    private void ForgetUpTo(long seq)
    {
        _mustBeThere.RemoveWhere(number => number <= seq);
        _mayBeThere.RemoveAll(number => number <= seq);
    }

    private void Compare(Rig rig)
    {
        var about = $"seed {seed}, life {_lives}, {durability}: {rig.Opening.Message}";
        Assert.True(rig.Opening.Status == JournalOpeningStatus.Opened, about);
        var there = rig.Sink.Numbers.ToList();
        Assert.True(there.SequenceEqual(there.Distinct().Order()), $"{about} order: {string.Join(' ', there)}");
        _mustBeThere.UnionWith(_leftToSystem);
        _leftToSystem.Clear();
        if (retainBytes > 0)
        {
            ForgetUpTo(there.FirstOrDefault() - 1);
        }

        Assert.True(_mustBeThere.IsSubsetOf(there), $"{about} lost: {string.Join(' ', _mustBeThere.Except(there))}");
        Assert.True(there.ToHashSet().IsSubsetOf(_mayBeThere), $"{about} too many: {string.Join(' ', there.Except(_mayBeThere))}");

        // What is there begins where everything begins: nothing in the middle is missing.
        Assert.True(there.SequenceEqual(_mayBeThere.Take(there.Count)), $"{about} missing in the middle");

        // A clean end promises that no number was given to an event that is not there.
        Assert.True(!rig.Session.WasClean || (there.Count == _mayBeThere.Count && !_hasLost), about + " is not clean");
        Assert.True(rig.Session.WasClean || !_endedWell || _hasLost, about + " is clean");
        _mayBeThere.Clear();
        _mayBeThere.AddRange(there);
        _mustBeThere.UnionWith(there);
        _seqAtStart = _seq;
        _outcomeUpTo = _seq;
        _hasLost = false;
    }
}
