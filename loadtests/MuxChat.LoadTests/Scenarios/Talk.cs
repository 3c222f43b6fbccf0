using MuxChat.LoadTests.Clients;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>
/// Lets senders speak in turn: so many lines in flight, or so many a second. At a rate, each line is due at its moment whether or not the
/// server keeps up, and its latency counts from then (no coordinated omission). When server or load do not keep up, lines wait here, and
/// not in the server, which would cut the clients for it.
/// </summary>
internal sealed class Talk
{
    private const double MicrosecondsPerSecond = 1e6;
    private const int LinesAtOnce = 4096;

    /// <summary>More than so many bytes on their way to one client make the server cut it as a slow consumer.</summary>
    private const int MostBytesOnTheWay = 1024 * 1024;

    /// <summary>
    /// With so many bytes on the way to a client, the lines of a rate wait. This is a mean, so some clients have more on their way.
    /// </summary>
    private const int MostBytesOfARate = 256 * 1024;

    /// <summary>What the protocols add to a line, at most.</summary>
    private const int BytesAdded = 64;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly Swarm _swarm;
    private readonly IReadOnlyList<LoadClient> _senders;
    private readonly IReadOnlyList<int> _receivers;
    private readonly double _rate;
    private readonly long _mostOnTheWay;
    private readonly double _receiversPerLine;
    private readonly long _deliveredBefore;
    private long _startUs;
    private long _endUs;
    private long _sent;
    private long _due;
    private bool _isHeld;
    private long _freeUs;

    /// <param name="swarm">The clients.</param>
    /// <param name="senders">Who speaks.</param>
    /// <param name="receivers">How many hear each sender's lines, in the same order.</param>
    /// <param name="rate">Lines a second; 0 to keep a window.</param>
    /// <param name="window">Lines in flight.</param>
    /// <param name="rooms">Rooms over which the senders are spread.</param>
    /// <exception cref="LoadException">The window is too large for the length of the lines.</exception>
    public Talk(Swarm swarm, IReadOnlyList<LoadClient> senders, IReadOnlyList<int> receivers, double rate, int window, int rooms = 1)
    {
        _swarm = swarm;
        _senders = senders;
        _receivers = receivers;
        _rate = rate;
        var bytes = swarm.Body.PayloadBytes + BytesAdded;
        var most = MostBytesOnTheWay / bytes * (long)rooms;
        _mostOnTheWay = rate > 0 ? MostBytesOfARate / bytes * (long)rooms : window <= most ? window : throw LoadException.Usage(
            $"--window {window}: with --payload {swarm.Body.PayloadBytes} it takes at most {most}, "
                + "or the server cuts clients as slow consumers");
        _receiversPerLine = Math.Max(1, receivers.Average());
        _deliveredBefore = swarm.Counts.Delivered;
    }

    /// <summary>Lines said so far.</summary>
    public long Sent => _sent;

    /// <summary>Deliveries that they make.</summary>
    public long Due => _due;

    public long Delivered => _swarm.Counts.Delivered - _deliveredBefore;

    /// <summary>Speaks and listens for that long.</summary>
    public void Run(double seconds)
    {
        var now = _swarm.NowUs();
        _startUs = _startUs == 0 ? now : _startUs;
        _endUs = now + (long)(seconds * MicrosecondsPerSecond);
        while ((now = _swarm.NowUs()) < _endUs)
        {
            SayWhatIsDue(now);

            // With a line that is due and may not be said yet, only something that arrives can help.
            _swarm.PumpBefore(_rate > 0 && !_isHeld ? DueUs(_sent + 1) : long.MaxValue);
        }
    }

    /// <summary>
    /// Says what was due before the end and is not said yet, so that no stall hides it. Then listens until every line has arrived, or
    /// nothing has for two seconds.
    /// </summary>
    public void Drain()
    {
        while (_rate > 0 && LinesDue(_endUs) > 0)
        {
            var heard = Delivered;
            if (SayWhatIsDue(_endUs) == 0 && !_swarm.PumpUntil(() => Delivered > heard, Silence))
            {
                // Nothing comes back: they are said all the same, and the audit misses them.
                Say(LinesDue(_endUs));
            }

            _swarm.Pump(0);
        }

        long before;
        do
        {
            before = Delivered;
        }
        while (!_swarm.PumpUntil(() => Delivered >= Due, Silence) && Delivered > before);
    }

    private long DueUs(long line) => _startUs + (long)(line / _rate * MicrosecondsPerSecond);

    private long LinesDue(long nowUs) => (long)(_rate * (nowUs - _startUs) / MicrosecondsPerSecond) - _sent;

    private long SayWhatIsDue(long nowUs)
    {
        var free = (long)(_mostOnTheWay - (_sent - (Delivered / _receiversPerLine)));
        var due = _rate > 0 ? LinesDue(nowUs) : free;
        var lines = Math.Clamp(Math.Min(free, due), 0, LinesAtOnce);
        _freeUs = _isHeld && lines > 0 ? _swarm.NowUs() : _freeUs;
        Say(lines);
        _isHeld = free < due;
        return lines;
    }

    private void Say(long lines)
    {
        for (var i = 0; i < lines; i++)
        {
            var turn = (int)(_sent % _senders.Count);
            var dueUs = _rate > 0 ? DueUs(_sent + 1) : _swarm.NowUs();
            _swarm.Say(_senders[turn], dueUs, Math.Max(dueUs, _freeUs));
            _due += _receivers[turn];
            _sent++;
        }
    }
}
