using System.Text;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.Moderation;

/// <summary>
/// The net effect of the mode changes of one request, as the room is shown it: <c>+o-v alice bob</c>. A change and its opposite cancel out.
/// </summary>
internal sealed class ModeChanges
{
    private readonly List<Change> _changes = [];

    /// <summary>Whether the changes have no net effect.</summary>
    public bool IsEmpty => _changes.Count == 0;

    /// <summary>
    /// Adds a change of a mode that is on or off, alone or for its parameter. An earlier opposite change is removed instead.
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
    /// Adds a change of a mode that has one value. It replaces earlier changes of that mode. With <paramref name="isAsBefore"/>, the value
    /// is again the same as before the request, and the change is left out.
    /// </summary>
    public void Set(bool isOn, char letter, ReadOnlySpan<byte> parameter, bool isAsBefore)
    {
        _changes.RemoveAll(change => change.Letter == letter);
        if (!isAsBefore)
        {
            _changes.Add(new Change(isOn, letter, parameter.ToArray()));
        }
    }

    /// <summary>Returns the changes as text: signs and letters, then the parameters.</summary>
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

    // Compares like masks and nicks: ASCII case does not count.
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

/// <summary>Receives the outcome of each change in a request for several mode changes.</summary>
public interface IModeAnswers
{
    /// <summary>Called when a change is refused. The other changes still apply.</summary>
    /// <param name="letter">The mode.</param>
    /// <param name="parameter">The change's parameter; empty for none.</param>
    /// <param name="why">The error.</param>
    void Refused(char letter, ReadOnlySpan<byte> parameter, in CommandResult why);

    /// <summary>
    /// Called when a server operator has appointed a person who is not in the room. The person was
    /// invited, and becomes its operator on entering.
    /// </summary>
    /// <param name="invited">The event that the room got.</param>
    void Appointed(in ChatEvent invited);

    /// <summary>Called when the request asks for a list.</summary>
    /// <param name="room">The room.</param>
    /// <param name="letter">The list's mode.</param>
    /// <param name="masks">The masks of the list.</param>
    void Listed(Room room, char letter, ReadOnlySpan<MaskEntry> masks);
}
