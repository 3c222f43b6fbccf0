using System.Text;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.Moderation;

/// <summary>
/// Mode changes that were made, as they are told: <c>+o-v alice bob</c>. Only their net effect is told: what was taken back again is not.
/// </summary>
internal sealed class ModeChanges
{
    private readonly List<Change> _changes = [];

    /// <summary>Whether nothing was changed, all in all.</summary>
    public bool IsEmpty => _changes.Count == 0;

    /// <summary>
    /// Adds a change of a mode that is on or off, by itself or for what its parameter names. With the one that it takes back it comes to
    /// nothing.
    /// </summary>
    public void Switch(bool isOn, char letter, ReadOnlySpan<byte> parameter = default)
    {
        var takenBack = IndexOf(letter, parameter);
        if (takenBack >= 0)
        {
            _changes.RemoveAt(takenBack);
        }
        else
        {
            _changes.Add(new Change(isOn, letter, parameter.ToArray()));
        }
    }

    /// <summary>
    /// Adds a change of a mode that has one value: of several the last one is told, and none where the value is what it was before them.
    /// </summary>
    public void Set(bool isOn, char letter, ReadOnlySpan<byte> parameter, bool isAsBefore)
    {
        _changes.RemoveAll(change => change.Letter == letter);
        if (!isAsBefore)
        {
            _changes.Add(new Change(isOn, letter, parameter.ToArray()));
        }
    }

    /// <summary>All of them, as text.</summary>
    public byte[] ToText()
    {
        var (letters, parameters) = (new List<byte>(), new List<byte>());
        bool? sign = null;
        foreach (var change in _changes)
        {
            if (change.IsOn != sign)
            {
                sign = change.IsOn;
                letters.Add(change.IsOn ? (byte)'+' : (byte)'-');
            }

            letters.Add((byte)change.Letter);
            if (change.Parameter.Length > 0)
            {
                parameters.Add((byte)' ');
                parameters.AddRange(change.Parameter);
            }
        }

        return [.. letters, .. parameters];
    }

    // As masks and nicks are compared: ASCII case does not count.
    private int IndexOf(char letter, ReadOnlySpan<byte> parameter)
    {
        for (var i = 0; i < _changes.Count; i++)
        {
            var change = _changes[i];
            if (change.Letter == letter && (Ascii.EqualsIgnoreCase(parameter, change.Parameter)
                || parameter.SequenceEqual(change.Parameter)))
            {
                return i;
            }
        }

        return -1;
    }

    private readonly record struct Change(bool IsOn, char Letter, byte[] Parameter);
}

/// <summary>Who wants to know of each of several mode changes that were asked for at once how it ended.</summary>
public interface IModeAnswers
{
    /// <summary>A change was refused; the others go on.</summary>
    /// <param name="letter">The mode.</param>
    /// <param name="parameter">What was given with it; empty for nothing.</param>
    /// <param name="why">Why.</param>
    void Refused(char letter, ReadOnlySpan<byte> parameter, in CommandResult why);

    /// <summary>A server operator made a client an operator that is not in: it was invited, and is one once it enters.</summary>
    /// <param name="invited">What the room was told.</param>
    void Appointed(in ChatEvent invited);

    /// <summary>A list was asked for.</summary>
    /// <param name="room">The room.</param>
    /// <param name="letter">The list's mode.</param>
    /// <param name="masks">Its masks.</param>
    void Listed(Room room, char letter, ReadOnlySpan<MaskEntry> masks);
}
