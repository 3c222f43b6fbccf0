namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>
/// How an input says who does what: a byte of choices, then steps. Each begins with two bytes that no text has, and who does it; then come
/// the bytes that it sends. So an input that was cut and mutated is a script as well.
/// </summary>
internal static class CrowdScript
{
    private static ReadOnlySpan<byte> Mark => [0xF8, 0xF9];

    /// <summary>Begins a step.</summary>
    public static void Begin(InputBuffer script, int who)
    {
        script.Put(Mark);
        script.Put((byte)who);
    }

    /// <summary>Takes the next step off a script. False at its end.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> script, out int who, out ReadOnlySpan<byte> bytes)
    {
        var start = script.IndexOf(Mark);
        script = start < 0 ? default : script[(start + Mark.Length)..];
        var end = script.IndexOf(Mark);
        var step = end < 0 ? script : script[..end];
        script = script[step.Length..];
        who = step.IsEmpty ? 0 : step[0];
        bytes = step.IsEmpty ? default : step[1..];
        return start >= 0;
    }
}
