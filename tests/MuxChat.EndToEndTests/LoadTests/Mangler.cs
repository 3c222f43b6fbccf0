using System.Buffers;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>
/// Mangles one line in so many, of all that pass to all clients: in each block of that many lines one, by a seed. Only what clients say is
/// counted and mangled (lines that begin with &lt;): the audit is about those. Safe for all connections at once.
/// </summary>
internal sealed class Mangler(Mangling kind, int every, int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private long _said;
    private long _block;
    private long _turn = new Random(seed).Next(every);
    private bool _isDue;

    /// <summary>Lines said that have passed.</summary>
    public long Said => _said;

    /// <summary>Lines mangled so far.</summary>
    public long Mangled { get; private set; }

    /// <summary>Passes whole lines on.</summary>
    public void Pass(ReadOnlySpan<byte> lines, ArrayBufferWriter<byte> output)
    {
        lock (_gate)
        {
            while (!lines.IsEmpty)
            {
                var line = First(lines);
                lines = lines[line.Length..];
                if (IsSaid(line) && IsTurn() && kind != Mangling.None)
                {
                    lines = Mangle(line, lines, output);
                }
                else
                {
                    output.Write(line);
                }
            }
        }
    }

    // Returns what is left of the rest.
    private ReadOnlySpan<byte> Mangle(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest, ArrayBufferWriter<byte> output)
    {
        if (kind is Mangling.SwapWithNext or Mangling.SwapSenders)
        {
            var next = First(rest);
            if (!IsSaid(next) || (kind == Mangling.SwapSenders && Nick(next).SequenceEqual(Nick(line))))
            {
                // Nothing to change places with: the next line that has a neighbour takes the turn.
                output.Write(line);
                return rest;
            }

            output.Write(next);
            rest = rest[next.Length..];
        }

        Mangled++;
        _isDue = false;
        switch (kind)
        {
            case Mangling.Repeat:
                output.Write(line);
                output.Write(line);
                break;
            case Mangling.SwapWithNext or Mangling.SwapSenders:
                output.Write(line);
                IsTurn();
                break;
            case Mangling.ChangeOneBit:
                var changed = line.ToArray();
                changed[_random.Next(line.Length - 1)] ^= (byte)(1 << _random.Next(8));
                output.Write(changed);
                break;
        }

        return rest;
    }

    private bool IsTurn()
    {
        if (_said++ == _turn)
        {
            _isDue = true;
            _block++;
            _turn = (_block * every) + _random.Next(every);
        }

        return _isDue;
    }

    private static bool IsSaid(ReadOnlySpan<byte> line) => !line.IsEmpty && line[0] == (byte)'<';

    private static ReadOnlySpan<byte> Nick(ReadOnlySpan<byte> line) => line[..line.IndexOf((byte)'>')];

    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> lines) => lines[..(lines.IndexOf((byte)'\n') + 1)];
}
