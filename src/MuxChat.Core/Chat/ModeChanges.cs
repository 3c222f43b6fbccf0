namespace MuxChat.Core.Chat;

/// <summary>Mode changes that were made, as they are told: <c>+o-v alice bob</c>.</summary>
internal sealed class ModeChanges
{
    private readonly List<byte> _letters = [];
    private readonly List<byte> _parameters = [];
    private byte _sign;

    /// <summary>Whether nothing was changed.</summary>
    public bool IsEmpty => _letters.Count == 0;

    /// <summary>Adds a change.</summary>
    public void Add(bool isOn, char letter, ReadOnlySpan<byte> parameter = default)
    {
        var sign = isOn ? (byte)'+' : (byte)'-';
        if (sign != _sign)
        {
            _letters.Add(sign);
            _sign = sign;
        }

        _letters.Add((byte)letter);
        if (!parameter.IsEmpty)
        {
            _parameters.Add((byte)' ');
            _parameters.AddRange(parameter);
        }
    }

    /// <summary>All of them, as text.</summary>
    public byte[] ToText() => [.. _letters, .. _parameters];
}
