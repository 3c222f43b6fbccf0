using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

/// <summary>All that a decoder said about a stream, and what it left undecoded.</summary>
internal sealed class Transcript
{
    private readonly List<(DecodeStatus Status, byte[] Bytes)> _outcomes = [];

    public byte[] Rest { get; set; } = [];

    public IReadOnlyList<(DecodeStatus Status, byte[] Bytes)> Outcomes => _outcomes;

    public void Add(DecodeStatus status, ReadOnlySpan<byte> bytes = default) => _outcomes.Add((status, bytes.ToArray()));

    public bool IsSameAs(Transcript other, bool withRest = true)
    {
        if (_outcomes.Count != other._outcomes.Count || (withRest && !Rest.AsSpan().SequenceEqual(other.Rest)))
        {
            return false;
        }

        for (var i = 0; i < _outcomes.Count; i++)
        {
            if (_outcomes[i].Status != other._outcomes[i].Status || !_outcomes[i].Bytes.AsSpan().SequenceEqual(other._outcomes[i].Bytes))
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString()
    {
        var said = _outcomes.Select(
            static outcome => outcome.Status == DecodeStatus.Frame ? $"'{Short(outcome.Bytes)}'" : outcome.Status.ToString());
        return $"{string.Join(' ', said)} rest '{Short(Rest)}'";
    }

    private static string Short(byte[] bytes)
    {
        var text = Escaped(bytes.AsSpan(0, Math.Min(bytes.Length, 40)));
        return bytes.Length <= 40 ? text : $"{text}...({bytes.Length})";
    }

    private static string Escaped(ReadOnlySpan<byte> bytes) =>
        Bytes.Latin(bytes).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
