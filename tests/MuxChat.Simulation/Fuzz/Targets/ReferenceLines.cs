using MuxChat.Core.Framing;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>What a line decoder must say, written down byte by byte and without a thought of speed.</summary>
internal static class ReferenceLines
{
    private const byte Rest = 255;
    private const byte Iac = 255;
    private const int MaxSubnegotiation = 512;

    public static void Write(ReadOnlySpan<byte> input, int limit, TargetTranscript said)
    {
        var content = new List<byte>();
        var at = 0;
        var cutOut = 0;
        while (at < input.Length)
        {
            var before = content.Count;
            var taken = TakeOne(input[at..], content);
            if (taken == 0)
            {
                break;
            }

            at += taken;
            cutOut += before > 0 && content.Count == before ? taken : 0;
            if (content.Count + cutOut > limit * FrameLimits.OverrunFactor && content.Count == before)
            {
                said.Add((byte)DecodeStatus.Overrun);
                return;
            }

            if (content.Count > 0 && content[^1] == '\n')
            {
                content.RemoveAt(content.Count - 1);
                said.Add((byte)DecodeStatus.Frame, [.. content.Count > 0 && content[^1] == '\r' ? content[..^1] : content]);
                content.Clear();
                cutOut = 0;
            }
            else if (content.Count > limit + 1 || (content.Count == limit + 1 && content[^1] != '\r'))
            {
                said.Add((byte)DecodeStatus.TooLong);
                at -= content.Count - (limit + 1);
                content.Clear();
                if (!Skip(input, ref at, limit, cutOut, said))
                {
                    return;
                }

                cutOut = 0;
            }
        }

        said.Add(Rest, [.. content, .. input[at..]]);
    }

    // What is skipped is skipped as it is, telnet or not.
    private static bool Skip(ReadOnlySpan<byte> input, ref int at, int limit, int cutOut, TargetTranscript said)
    {
        if (limit + 1 + cutOut > limit * FrameLimits.OverrunFactor)
        {
            said.Add((byte)DecodeStatus.Overrun);
            return false;
        }

        for (var skipped = limit + 1 + cutOut; at < input.Length; skipped++, at++)
        {
            if (input[at] == '\n')
            {
                at++;
                return true;
            }

            if (skipped + 1 > limit * FrameLimits.OverrunFactor)
            {
                said.Add((byte)DecodeStatus.Overrun);
                return false;
            }
        }

        // The end of the line has not come: nothing of it is left.
        said.Add(Rest);
        at = input.Length;
        return false;
    }

    // Takes one byte into the line, or a telnet command out of it; 0 when that is not whole.
    private static int TakeOne(ReadOnlySpan<byte> input, List<byte> content)
    {
        if (input[0] != Iac)
        {
            content.Add(input[0]);
            return 1;
        }

        if (input.Length == 1)
        {
            return 0;
        }

        switch (input[1])
        {
            case < 240:
                content.Add(Iac);
                return 1;
            case 255:
                content.AddRange([Iac, Iac]);
                return 2;
            case 250:
                return TakeSubnegotiation(input, content);
            case > 250:
                return input.Length < 3 ? 0 : 3;
            default:
                return 2;
        }
    }

    private static int TakeSubnegotiation(ReadOnlySpan<byte> input, List<byte> content)
    {
        var window = input[..Math.Min(input.Length, MaxSubnegotiation)];
        for (var at = 2; at < window.Length - 1; at++)
        {
            if (window[at] == Iac && window[at + 1] == 240)
            {
                return at + 2;
            }

            at += window[at] == Iac ? 1 : 0;
        }

        if (input.Length < MaxSubnegotiation)
        {
            return 0;
        }

        content.AddRange([Iac, 250]);
        return 2;
    }
}
