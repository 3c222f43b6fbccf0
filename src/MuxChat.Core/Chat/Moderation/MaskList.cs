using System.Runtime.InteropServices;

namespace MuxChat.Core.Chat.Moderation;

/// <summary>Masks of one kind in one room, in the order in which they were set.</summary>
/// <remarks>Invariant: no mask is in the list twice; ASCII case does not count.</remarks>
internal sealed class MaskList
{
    /// <summary>The largest number of masks in one list: 60. At this limit, the room refuses another mask.</summary>
    public const int MaxEntries = 60;

    private readonly List<MaskEntry> _entries = [];

    public int Count => _entries.Count;

    public bool IsFull => _entries.Count >= MaxEntries;

    public ReadOnlySpan<MaskEntry> Entries => CollectionsMarshal.AsSpan(_entries);

    /// <summary>Replaces the masks by those of a stored list.</summary>
    public void Restore(IEnumerable<MaskEntry> entries)
    {
        _entries.Clear();
        foreach (var entry in entries)
        {
            Add(entry);
        }
    }

    /// <summary>Adds a mask. False if the list has it already.</summary>
    public bool Add(MaskEntry entry)
    {
        if (IndexOf(entry.Mask) >= 0)
        {
            return false;
        }

        _entries.Add(entry);
        return true;
    }

    /// <summary>Removes a mask; its ASCII case does not count. False if the list does not have it.</summary>
    public bool Remove(ReadOnlySpan<byte> mask)
    {
        var index = IndexOf(mask);
        if (index >= 0)
        {
            _entries.RemoveAt(index);
        }

        return index >= 0;
    }

    /// <summary>Whether any mask of a kind matches a person under a nick.</summary>
    /// <param name="person">The person.</param>
    /// <param name="nick">The nick.</param>
    /// <param name="isMute">True for the masks that only mute; false for all others.</param>
    public bool Matches(Person person, ReadOnlySpan<byte> nick, bool isMute = false)
    {
        foreach (var entry in _entries)
        {
            if (UserMask.IsMute(entry.Mask) == isMute && UserMask.IsMatch(entry.Mask, person, nick))
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
/// <param name="SetBy">The nick of the person who set it.</param>
/// <param name="UnixMs">The time when it was set, in milliseconds since 1970-01-01 UTC.</param>
public sealed record MaskEntry(byte[] Mask, byte[] SetBy, long UnixMs);
