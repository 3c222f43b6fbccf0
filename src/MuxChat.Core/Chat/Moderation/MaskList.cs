using System.Runtime.InteropServices;

namespace MuxChat.Core.Chat.Moderation;

/// <summary>Masks of one kind in one room, in the order they were set. Invariant: none stands in it twice, whatever its case.</summary>
internal sealed class MaskList
{
    /// <summary>Masks in one list: 60. At it, another one is refused.</summary>
    public const int MaxEntries = 60;

    private readonly List<MaskEntry> _entries = [];

    public int Count => _entries.Count;

    public bool IsFull => _entries.Count >= MaxEntries;

    public ReadOnlySpan<MaskEntry> Entries => CollectionsMarshal.AsSpan(_entries);

    /// <summary>Takes the masks of a list as it was, in place of its own.</summary>
    public void Restore(IEnumerable<MaskEntry> entries)
    {
        _entries.Clear();
        foreach (var entry in entries)
        {
            Add(entry);
        }
    }

    /// <summary>Adds a mask; false when it is there.</summary>
    public bool Add(MaskEntry entry)
    {
        if (IndexOf(entry.Mask) >= 0)
        {
            return false;
        }

        _entries.Add(entry);
        return true;
    }

    /// <summary>Takes a mask out, however its case is given; false when it is not there.</summary>
    public bool Remove(ReadOnlySpan<byte> mask)
    {
        var index = IndexOf(mask);
        if (index >= 0)
        {
            _entries.RemoveAt(index);
        }

        return index >= 0;
    }

    /// <summary>Whether any of them matches somebody under a nick.</summary>
    public bool Matches(Person person, ReadOnlySpan<byte> nick)
    {
        foreach (var entry in _entries)
        {
            if (UserMask.IsMatch(entry.Mask, person, nick))
            {
                return true;
            }
        }

        return false;
    }

    private int IndexOf(ReadOnlySpan<byte> mask)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(mask, _entries[i].Mask) || mask.SequenceEqual(_entries[i].Mask))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>A mask in one of a room's lists.</summary>
/// <param name="Mask">The mask, <c>nick!user@host</c>.</param>
/// <param name="SetBy">The nick of who set it.</param>
/// <param name="UnixMs">When, in milliseconds since 1970-01-01 UTC.</param>
public sealed record MaskEntry(byte[] Mask, byte[] SetBy, long UnixMs);
