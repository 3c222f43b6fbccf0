using MuxChat.LoadTests.Clients;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>
/// Lets senders speak in turn: so many lines in flight, or so many a second. At a rate, each line is due at its moment whether or not the
/// server keeps up, and its latency counts from then (no coordinated omission).
/// </summary>
internal sealed class Talk
{
    private const double MicrosecondsPerSecond = 1e6;
    private const int LinesAtOnce = 4096;

    private readonly Swarm _swarm;
    private readonly IReadOnlyList<LoadClient> _senders;
    private readonly IReadOnlyList<int> _receivers;
    private readonly double _rate;
    private readonly int _window;
    private readonly double _receiversPerLine;
    private readonly long _deliveredBefore;
    private long _startUs;
    private long _sent;
    private long _due;

    /// <param name="swarm">The clients.</param>
    /// <param name="senders">Who speaks.</param>
    /// <param name="receivers">How many hear each sender's lines, in the same order.</param>
    /// <param name="rate">Lines a second; 0 to keep a window.</param>
    /// <param name="window">Lines in flight.</param>
    public Talk(Swarm swarm, IReadOnlyList<LoadClient> senders, IReadOnlyList<int> receivers, double rate, int window)
    {
        _swarm = swarm;
        _senders = senders;
        _receivers = receivers;
        _rate = rate;
        _window = window;
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
        var end = now + (long)(seconds * MicrosecondsPerSecond);
        while ((now = _swarm.NowUs()) < end)
        {
            SayWhatIsDue(now);
            _swarm.PumpBefore(_rate > 0 ? DueUs(_sent + 1) : long.MaxValue);
        }

        // Lines that were due before the end, but not said yet, belong to it: a stall of this program's own must not hide them.
        while (_rate > 0 && SayWhatIsDue(end) == LinesAtOnce)
        {
            _swarm.Pump(0);
        }
    }

    /// <summary>Listens until every line has arrived, or nothing has for two seconds.</summary>
    public void Drain()
    {
        var silence = TimeSpan.FromSeconds(2);
        long before;
        do
        {
            before = Delivered;
        }
        while (!_swarm.PumpUntil(() => Delivered >= Due, silence) && Delivered > before);
    }

    private long DueUs(long line) => _startUs + (long)(line / _rate * MicrosecondsPerSecond);

    private long SayWhatIsDue(long nowUs)
    {
        var lines = Math.Min(LinesAtOnce, _rate > 0
            ? (long)(_rate * (nowUs - _startUs) / MicrosecondsPerSecond) - _sent
            : (long)(_window - (_sent - (Delivered / _receiversPerLine))));
        for (var i = 0; i < lines; i++)
        {
            var turn = (int)(_sent % _senders.Count);
            _swarm.Say(_senders[turn], _rate > 0 ? DueUs(_sent + 1) : _swarm.NowUs());
            _due += _receivers[turn];
            _sent++;
        }

        return lines;
    }
}
