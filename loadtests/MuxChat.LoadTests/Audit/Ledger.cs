using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MuxChat.LoadTests.Audit;

/// <summary>
/// One receiver's book: which number of each sender comes next. A number that is too high leaves a gap; one that fills a gap was
/// reordered, one that fills none is a duplicate; gaps that are never filled are lost lines, unless a line came that could not be read:
/// that one filled a gap, spoilt.
/// </summary>
internal sealed class Ledger(AuditCounts counts)
{
    private const ulong Mix = 0x9E3779B97F4A7C15;

    private readonly Dictionary<int, int> _next = [];
    private readonly HashSet<(int Sender, int Number)> _missing = [];
    private int _spoilt;

    /// <summary>Stands for the lines that are expected here: two receivers with the same value are to hear the same.</summary>
    public ulong Expected { get; private set; }

    /// <summary>Stands for the order in which lines came, across all senders.</summary>
    public ulong Order { get; private set; }

    /// <summary>Whether each line so far came once, whole, and in its sender's order.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>From now on this receiver must get every line of that sender, beginning with the given number.</summary>
    public void Expect(int sender, int firstNumber)
    {
        _next[sender] = firstNumber;
        Expected += Key(sender, firstNumber) * Mix;
    }

    /// <summary>A line came.</summary>
    public void Note(int sender, int number)
    {
        ref var next = ref CollectionsMarshal.GetValueRefOrNullRef(_next, sender);
        if (Unsafe.IsNullRef(ref next))
        {
            IsWhole = false;
            counts.Corrupted++;
            return;
        }

        if (number == next)
        {
            next++;
            counts.Delivered++;
            Order = (Order + Key(sender, number)) * Mix;
            return;
        }

        IsWhole = false;
        NoteOutOfTurn(sender, number, ref next);
    }

    /// <summary>The number of that sender's next line; <see cref="int.MaxValue"/> if nothing is expected of it.</summary>
    public int NextOf(int sender) => _next.GetValueOrDefault(sender, int.MaxValue);

    /// <summary>A line came that is none that was sent: one of those that are missing in the end came as this one.</summary>
    public void NoteSpoilt()
    {
        IsWhole = false;
        counts.Corrupted++;
        _spoilt++;
    }

    /// <summary>Closes the book: every sender's lines up to the given number should have come.</summary>
    /// <param name="sent">How many lines each sender has sent, by sender.</param>
    public void Close(IReadOnlyList<int> sent)
    {
        var absent = _missing.Count;
        _missing.Clear();
        foreach (var (sender, next) in _next)
        {
            absent += Math.Max(0, sent[sender] - next);
        }

        IsWhole &= absent == 0;
        counts.Lost += Math.Max(0, absent - _spoilt);
    }

    // Duplicates are not deliveries: whoever waits for all of them would stop too early.
    private void NoteOutOfTurn(int sender, int number, ref int next)
    {
        if (number > next)
        {
            for (var missing = next; missing < number; missing++)
            {
                _missing.Add((sender, missing));
            }

            next = number + 1;
            counts.Delivered++;
        }
        else if (_missing.Remove((sender, number)))
        {
            counts.Delivered++;
            counts.Reordered++;
        }
        else
        {
            counts.Duplicated++;
        }
    }

    private static ulong Key(int sender, int number) => ((ulong)(uint)sender << 32 | (uint)number) + 1;
}
