using MuxChat.Core.Loop;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Ciphers;

/// <summary>
/// The server's end of a cipher over a simulated channel, which behaves as one of TLS does. It opens by a handshake of several flights, it
/// returns whole records only, and it keeps what the channel did not take.
/// </summary>
internal sealed class SimCipher(SimChannel wire, Machine machine, CipherPlan plan, ulong key, SeededRandom random)
{
    private const int MaxRecordsOfFlight = 3;
    private const int FirstWordBytes = 2;

    private readonly CipherEnd _end = new(key, isServer: true, plan.ContentBytes);
    private readonly ByteQueue _unsent = new();
    private readonly byte[] _read = new byte[IChannel.MaxReceiveBytes * 2];
    private bool _isDecided;
    private bool _isEnded;
    private bool _isDeaf;
    private string _fault = "";
    private int _flight;
    private int _lastFlight;

    /// <summary>Whether the first byte has still to show whether its client speaks through a cipher.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>Whether it turned out that there is no cipher.</summary>
    public bool IsPlain { get; private set; }

    /// <summary>Whether the handshake is over.</summary>
    public bool IsOpened { get; private set; }

    public bool IsOpening => !IsOpened && !IsPlain && (_isDecided || !IsUndecided);

    public string OpeningFault => IsOpening ? _fault : "";

    public bool HasUnsent => _unsent.Count > 0;

    public int MinReceiveBytes => plan.MinReceiveBytes;

    public ChannelStatus Receive(Span<byte> buffer, out int received)
    {
        Check.Fail(buffer.Length < MinReceiveBytes, CheckNames.Cipher,
            $"client {wire.Far.ClientNumber} is read with space for {buffer.Length} bytes, its cipher needs {MinReceiveBytes}");
        return IsPlain || _fault.Length > 0 ? wire.ReceiveWire(buffer, out received)
            : IsUndecided && !_isDecided ? Decide(buffer, out received)
            : Open(buffer, out received);
    }

    public ChannelStatus Send(ReadOnlySpan<byte> bytes, out int sent)
    {
        IsPlain |= IsUndecided && !_isDecided && !bytes.IsEmpty;
        if (IsPlain)
        {
            return wire.SendWire(bytes, out sent);
        }

        sent = 0;
        Push();
        while (sent < bytes.Length && !HasUnsent && !_isDeaf && IsOpened && _fault.Length == 0)
        {
            var content = bytes[sent..Math.Min(bytes.Length, sent + plan.ContentBytes)];
            _end.Seal(RecordType.Data, content, _unsent);
            sent += content.Length;
            Push();
        }

        return _isDeaf ? ChannelStatus.Broken
            : sent == 0 && (HasUnsent || !bytes.IsEmpty) ? ChannelStatus.WouldBlock : ChannelStatus.Ok;
    }

    /// <summary>The server's side ends. That is sent once, and never waited for.</summary>
    public void SayGoodbye()
    {
        if (IsOpened && !HasUnsent && !_isDeaf && _fault.Length == 0)
        {
            _end.Seal(RecordType.Alert, [0], _unsent);
            Push();
        }

        _unsent.Clear();
        _isDeaf = true;
    }

    // The first byte is read alone, and the rest is left for a step of the handshake.
    private ChannelStatus Decide(Span<byte> buffer, out int received)
    {
        var status = wire.ReceiveWire(buffer[..1], out received);
        if (status != ChannelStatus.Ok)
        {
            return status;
        }

        if (buffer[0] != (byte)RecordType.Handshake)
        {
            IsPlain = true;
            received += wire.ReceiveWire(buffer[1..], out var more) == ChannelStatus.Ok ? more : 0;
            return ChannelStatus.Ok;
        }

        _end.Feed(buffer[..1]);
        (_isDecided, received) = (true, 0);
        return ChannelStatus.WouldBlock;
    }

    private ChannelStatus Open(Span<byte> buffer, out int received)
    {
        received = 0;
        var wasOpening = IsOpening;
        machine.OpeningSteps += wasOpening && !wire.IsShutDown ? 1 : 0;
        for (var taken = 0; taken < buffer.Length && !_isEnded;)
        {
            var most = Math.Min(buffer.Length - _end.HeldBytes, _read.Length);
            var status = wire.ReceiveWire(_read.AsSpan(0, most), out var count);
            if (status != ChannelStatus.Ok)
            {
                _isEnded |= status == ChannelStatus.EndOfInput;
                return status;
            }

            taken += count;
            _end.Feed(_read.AsSpan(0, count));
            var isHeld = HasUnsent;
            received = OpenRecords(buffer);
            if (!isHeld)
            {
                Push();
            }

            if (_fault.Length > 0)
            {
                return ChannelStatus.Broken;
            }

            if (received > 0 || wasOpening)
            {
                break;
            }
        }

        return _isEnded ? ChannelStatus.EndOfInput : received > 0 ? ChannelStatus.Ok : ChannelStatus.WouldBlock;
    }

    private int OpenRecords(Span<byte> buffer)
    {
        var received = 0;
        while (!_isEnded && _fault.Length == 0 && _end.TryOpen(out var type, out var content))
        {
            switch (type)
            {
                case RecordType.Handshake when IsOpening:
                    _fault = Answer(content);
                    break;
                case RecordType.Data when IsOpened:
                    content.CopyTo(buffer[received..]);
                    received += content.Length;
                    break;
                case RecordType.Update when IsOpened:
                    _end.Seal(RecordType.Update, [], _unsent);
                    break;
                case RecordType.Alert when IsOpened:
                    _isEnded = true;
                    break;
                default:
                    _fault = $"a record of type {type} came out of turn";
                    break;
            }
        }

        _fault = _fault.Length > 0 ? _fault : _end.Fault;
        if (_fault.Length > 0 && !IsOpened)
        {
            _end.Seal(RecordType.Alert, [1], _unsent);
        }

        return received;
    }

    // A record of a flight begins with the flight's number and whether it is the flight's last. The first flight says how many there are.
    private string Answer(ReadOnlySpan<byte> content)
    {
        if (content.Length <= FirstWordBytes || content[0] != _flight)
        {
            return "a flight came out of turn";
        }

        _lastFlight = _flight == 0 ? content[FirstWordBytes] : _lastFlight;
        if (content[1] == 0)
        {
            return "";
        }

        IsOpened = _flight == _lastFlight;
        if (IsOpened)
        {
            machine.Milestones.Note(Milestone.CiphersOpened);
            for (var tickets = random.Below(MaxRecordsOfFlight); tickets > 0; tickets--)
            {
                _end.Seal(RecordType.Handshake, new byte[random.Between(1, Math.Min(200, plan.ContentBytes))], _unsent);
            }
        }
        else
        {
            CipherFlight.Seal(_end, _flight, _lastFlight, plan.ContentBytes, random, _unsent);
        }

        _flight++;
        return "";
    }

    private void Push()
    {
        if (_isDeaf || !HasUnsent)
        {
            _unsent.Clear();
            return;
        }

        _isDeaf = wire.SendWire(_unsent.Pending, out var sent) == ChannelStatus.Broken;
        _unsent.Consume(_isDeaf ? _unsent.Count : sent);
    }
}
