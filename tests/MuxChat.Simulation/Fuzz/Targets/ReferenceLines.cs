using MuxChat.Core.Framing;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>What a line decoder must say, written down byte by byte and without a thought of speed.</summary>
internal static class ReferenceLines
{
    private const byte Iac = 255;
    private const int MaxSubnegotiation = 512;

    public static void Write(ReadOnlySpan<byte> input, int limit, TargetTranscript said)
    {
        var line = new Line(limit, said);
        var at = 0;
        while (at < input.Length && !line.IsOver)
        {
            var taken = TakeOne(input[at..], line);
            if (taken == 0)
            {
                break;
            }

            at += taken;
        }

        if (!line.IsOver)
        {
            said.Add(DecoderTarget.Rest, [.. line.Kept, .. input[at..]]);
        }

        said.AddAny(DecoderTarget.Answers, [.. line.Refused]);
    }

    // Takes one byte into the line, or a telnet command out of it; 0 when that is not whole.
    private static int TakeOne(ReadOnlySpan<byte> input, Line line)
    {
        if (input[0] != Iac)
        {
            line.Add(input[0]);
            return 1;
        }

        if (input.Length == 1)
        {
            return 0;
        }

        switch (input[1])
        {
            case < 236:
                line.AddData(Iac);
                return 1;
            case 255:
                line.AddData(Iac, Iac);
                return 2;
            case 250:
                return TakeSubnegotiation(input, line);
            case > 250 when input.Length < 3:
                return 0;
            case > 250:
                line.Command(3);
                line.Refuse(input[1], input[2]);
                return 3;
            default:
                line.Command(2);
                return 2;
        }
    }

    private static int TakeSubnegotiation(ReadOnlySpan<byte> input, Line line)
    {
        var window = input[..Math.Min(input.Length, MaxSubnegotiation)];
        for (var at = 2; at < window.Length - 1; at++)
        {
            if (window[at] != Iac)
            {
                continue;
            }

            if (window[at + 1] is >= 236 and < 255)
            {
                var taken = window[at + 1] == 240 ? at + 2 : at;
                line.Command(taken);
                return taken;
            }

            at++;
        }

        if (input.Length < MaxSubnegotiation)
        {
            return 0;
        }

        line.AddData(Iac, 250);
        return 2;
    }

    private sealed class Line(int limit, TargetTranscript said)
    {
        private bool _isTelnet;
        private bool _isSkipped;
        private byte _last;
        private int _count;

        public List<byte> Kept { get; } = [];

        public List<byte> Refused { get; } = [];

        public bool IsOver { get; private set; }

        public void Add(byte value)
        {
            var last = _last;
            _last = value;
            if (_isTelnet && last == '\r' && value is (byte)'\n' or 0)
            {
                // The second half of an end that the CR was enough for.
                _last = 0;
                return;
            }

            _isTelnet |= last == '\r' && value == 0;
            if (value == '\n' || (last == '\r' && value == 0) || (_isTelnet && value == '\r'))
            {
                End(hasCr: last == '\r' && value != '\r');
                return;
            }

            if (!_isSkipped && Kept.Count == limit + 1)
            {
                // The CR before was not half of an end.
                BeginSkipping();
            }

            Count(1);
            Keep(value);
        }

        // Bytes that are counted together, since they belong together.
        public void AddData(params ReadOnlySpan<byte> values)
        {
            Count(values.Length);
            foreach (var value in values)
            {
                Keep(value);
            }
        }

        public void Command(int bytes)
        {
            if (!_isTelnet && _last == '\r')
            {
                End(hasCr: true);
                _last = (byte)'\r';
            }

            _isTelnet = true;
            Count(bytes);
        }

        public void Refuse(byte command, byte option)
        {
            if (command is 251 or 253)
            {
                Refused.AddRange([Iac, command == 251 ? (byte)254 : (byte)252, option]);
            }
        }

        private void Keep(byte value)
        {
            _last = value;
            if (IsOver || _isSkipped)
            {
                return;
            }

            if (Kept.Count == limit + 1)
            {
                BeginSkipping();
                return;
            }

            Kept.Add(value);
            if (Kept.Count == limit + 1 && value != '\r')
            {
                BeginSkipping();
            }
        }

        private void End(bool hasCr)
        {
            if (!_isSkipped)
            {
                said.Add((byte)DecodeStatus.Frame, hasCr ? [.. Kept[..^1]] : [.. Kept]);
            }

            Kept.Clear();
            _isSkipped = false;
            _count = 0;
        }

        private void BeginSkipping()
        {
            said.Add((byte)DecodeStatus.TooLong);
            Kept.Clear();
            _isSkipped = true;
        }

        private void Count(int bytes)
        {
            _count += bytes;
            if (_count > limit * FrameLimits.OverrunFactor && !IsOver)
            {
                said.Add((byte)DecodeStatus.Overrun);
                IsOver = true;
            }
        }
    }
}
