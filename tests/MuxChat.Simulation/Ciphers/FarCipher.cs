using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Ciphers;

/// <summary>
/// A client's end of a cipher: it opens it, well or badly, and then seals what the client writes and opens what it reads.
/// </summary>
internal sealed class FarCipher
{
    private const int MaxFlights = 3;
    private const double Truncates = 0.2;
    private const double Updates = 0.05;

    private readonly Link _link;
    private readonly Machine _machine;
    private readonly CipherPlan _plan;
    private readonly SeededRandom _random;
    private readonly CipherEnd _end;
    private readonly ByteQueue _pending = new();
    private readonly int _lastFlight;
    private readonly int _badFlight;
    private int _flight;
    private int _updates;
    private bool _endsWhenOpened;

    public FarCipher(Link link, Machine machine, CipherPlan plan, ulong key, CipherHabit habit, SeededRandom random)
    {
        (_link, _machine, _plan, _random, Habit) = (link, machine, plan, random, habit);
        _end = new CipherEnd(key, isServer: false, plan.ContentBytes);
        _lastFlight = random.Between(1, MaxFlights);
        _badFlight = random.Below(_lastFlight + 1);
    }

    public CipherHabit Habit { get; }

    /// <summary>Whether the client has sent its last flight.</summary>
    public bool IsOpened { get; private set; }

    /// <summary>Whether it never opens, because its client does something wrong.</summary>
    public bool NeverOpens => Habit is not (CipherHabit.Quick or CipherHabit.Slow);

    /// <summary>Whether its client has sent something wrong.</summary>
    public bool HasSpoilt { get; private set; }

    /// <summary>Whether the server has said that it could not open.</summary>
    public bool HasSeenAlert { get; private set; }

    /// <summary>What was sealed of the client's, in bytes.</summary>
    public long SealedBytes { get; private set; }

    /// <summary>Whether the client has said that its side ends.</summary>
    public bool HasSaidGoodbye { get; private set; }

    /// <summary>The client is connected.</summary>
    public void Begin() => SendFlight();

    /// <summary>Writes content, as soon as it can.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Habit == CipherHabit.Plain)
        {
            HasSpoilt = true;
            _link.WriteWire(bytes.ToArray(), _random);
            return;
        }

        if (_link.HasClosed && !_endsWhenOpened)
        {
            return;
        }

        _pending.Append(bytes);
        SendPending();
    }

    /// <summary>The client closes its side.</summary>
    /// <returns>Whether it does so now. If not, it does so when the cipher has opened.</returns>
    public bool TryEnd()
    {
        if (IsOpened)
        {
            SayGoodbye();
            return true;
        }

        _endsWhenOpened = !NeverOpens && _random.Chance(0.5);
        return !_endsWhenOpened;
    }

    /// <summary>Takes what the client has read, and returns the content.</summary>
    public ReadOnlySpan<byte> Read(ReadOnlySpan<byte> bytes)
    {
        // Turned away or greeted before the first byte arrived, it is answered without a cipher.
        if (_link.IsTakenForPlain)
        {
            return [];
        }

        _end.Feed(bytes);
        var content = new List<byte>();
        while (_end.TryOpen(out var type, out var one))
        {
            switch (type)
            {
                case RecordType.Handshake when !IsOpened:
                    ReadFlight(one);
                    break;
                case RecordType.Data:
                    content.AddRange(one);
                    break;
                case RecordType.Update:
                    Check.Fail(--_updates < 0, CheckNames.Cipher, $"client {_link.ClientNumber} is answered more than it asked");
                    _machine.Milestones.Note(Milestone.CipherUpdates);
                    break;
                case RecordType.Alert:
                    HasSeenAlert |= one[0] != 0;
                    break;
            }
        }

        Check.Fail(_end.Fault.Length > 0, CheckNames.Cipher, $"client {_link.ClientNumber} reads from its cipher that {_end.Fault}");
        return content.ToArray();
    }

    /// <summary>The client has read all that the server sent before it ended its side.</summary>
    public void CheckEnd()
    {
        var hasFailed = _link.Channel.OpeningFault.Length > 0;
        Check.Fail(hasFailed && !HasSeenAlert, CheckNames.Opening,
            $"client {_link.ClientNumber} was closed in order, and was not told that its cipher could not open");
    }

    private void ReadFlight(ReadOnlySpan<byte> record)
    {
        Check.Fail(record[0] != _flight - 1, CheckNames.Cipher, $"client {_link.ClientNumber} reads flight {record[0]}");
        if (record[1] != 0)
        {
            SendFlight();
        }
    }

    private void SendFlight()
    {
        if (Habit == CipherHabit.Plain)
        {
            return;
        }

        var pauseUs = Habit == CipherHabit.Slow ? _random.Below(_link.World.Plan.Loop.HandshakeMs) * 700L : 0;
        var flight = new ByteQueue();
        CipherFlight.Seal(_end, _flight, _lastFlight, _plan.ContentBytes, _random, flight);
        var number = _flight++;
        var bytes = flight.Pending.ToArray();
        if (pauseUs == 0)
        {
            Send(number, bytes);
        }
        else
        {
            _machine.Agenda.Add(_machine.Clock.NowUs + pauseUs, () => Send(number, bytes));
        }
    }

    private void Send(int number, byte[] flight)
    {
        if (_link.HasClosed && !_endsWhenOpened)
        {
            return;
        }

        if (NeverOpens && number == _badFlight)
        {
            SendBadly(flight);
            return;
        }

        _link.WriteWire(flight, _random);
        if (number == _lastFlight)
        {
            IsOpened = true;
            SendPending();
        }
    }

    private void SendBadly(byte[] flight)
    {
        if (Habit == CipherHabit.Spoils)
        {
            HasSpoilt = true;
            var at = _random.Between(1, flight.Length - 1);
            flight[at] ^= (byte)(1 << _random.Below(8));
            _link.WriteWire(flight, _random);
            return;
        }

        _link.WriteWire(flight[..^_random.Between(1, flight.Length)], _random);
        if (Habit == CipherHabit.Leaves && !_link.HasClosed)
        {
            if (_random.Chance(0.5))
            {
                _link.HalfClose();
            }
            else
            {
                _link.Reset();
            }
        }
    }

    private void SendPending()
    {
        if (!IsOpened)
        {
            return;
        }

        var records = new ByteQueue();
        while (_pending.Count > 0)
        {
            if (_random.Chance(Updates))
            {
                _updates++;
                _end.Seal(RecordType.Update, [], records);
            }

            var length = _random.Between(1, Math.Min(_pending.Count, _plan.ContentBytes));
            _end.Seal(RecordType.Data, _pending.Pending[..length], records);
            _pending.Consume(length);
            SealedBytes += length;
        }

        if (_endsWhenOpened)
        {
            SayGoodbye(records);
        }

        if (records.Count > 0)
        {
            _link.WriteWire(records.Pending.ToArray(), _random);
        }

        if (_endsWhenOpened)
        {
            _endsWhenOpened = false;
            _link.CloseWire();
        }
    }

    private void SayGoodbye()
    {
        var records = new ByteQueue();
        SayGoodbye(records);
        if (records.Count > 0)
        {
            _link.WriteWire(records.Pending.ToArray(), _random);
        }
    }

    // Or it only closes, with a record cut short at times.
    private void SayGoodbye(ByteQueue records)
    {
        if (!_random.Chance(Truncates))
        {
            HasSaidGoodbye = true;
            _end.Seal(RecordType.Alert, [0], records);
            return;
        }

        _machine.Milestones.Note(Milestone.CiphersTruncated);
        var cut = new ByteQueue();
        _end.Seal(RecordType.Data, "cut short"u8, cut);
        records.Append(cut.Pending[..^_random.Between(1, cut.Count)]);
    }
}
