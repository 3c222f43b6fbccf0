using System.Runtime.InteropServices;
using System.Text;

namespace MuxChat.Simulation.Running;

/// <summary>
/// What happened in a run, step by step. Always a hash over all steps and all bytes that went either way; the lines themselves, made from
/// the same figures, only when they are to be read.
/// </summary>
internal sealed class Trace(bool keepsLines)
{
    private const ulong Prime = 0x9E3779B97F4A7C15;
    private const int MaxShown = 120;

    private readonly List<TraceLine> _lines = [];

    public ulong Hash { get; private set; } = Prime;

    public bool KeepsLines => keepsLines;

    public IReadOnlyList<TraceLine> Lines => _lines;

    /// <summary>Notes a step.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="atUs">When, in microseconds.</param>
    /// <param name="client">Whom it concerns; -1 for nobody in particular.</param>
    /// <param name="a">A figure.</param>
    /// <param name="b">Another one.</param>
    /// <param name="word">What the figures are, for the reader; a constant of the program.</param>
    /// <param name="bytes">The bytes that went over the wire, or a text.</param>
    public void Step(TraceKind kind, long atUs, int client, long a, long b, string word, ReadOnlySpan<byte> bytes = default)
    {
        Add((ulong)kind ^ ((ulong)(uint)client << 32));
        Add((ulong)atUs);
        Add((ulong)a);
        Add((ulong)b);
        Add(bytes);
        if (keepsLines)
        {
            var who = client < 0 ? "-" : $"client {client}";
            _lines.Add(new TraceLine(client,
                $"{atUs,10} us  {kind,-8} {who,-10} {string.Format(System.Globalization.CultureInfo.InvariantCulture, word, a, b)}"
                    + $"{Show(bytes)}"));
        }
    }

    private static string Show(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder("  \"");
        foreach (var unit in bytes[..Math.Min(bytes.Length, MaxShown)])
        {
            _ = unit is >= 32 and < 127 and not ((byte)'\\')
                ? text.Append((char)unit) : text.Append("\\x").Append(Convert.ToHexString([unit]));
        }

        return text.Append(bytes.Length > MaxShown ? "\"..." : "\"").ToString();
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            Add(word);
        }

        foreach (var unit in bytes[(words.Length * sizeof(ulong))..])
        {
            Add(unit);
        }
    }

    private void Add(ulong value) => Hash = System.Numerics.BitOperations.RotateLeft((Hash ^ value) * Prime, 29);
}
