namespace MuxChat.LoadTests.Clients;

/// <summary>
/// When each line of one sender was due, in microseconds, for as long as somebody has still to hear it. It begins small, because those who
/// come and go say one line each and are thousands.
/// </summary>
/// <param name="oldestAwaited">Tells which line is the oldest that somebody has still to hear. It is asked seldom.</param>
internal sealed class SentLog(Func<int> oldestAwaited)
{
    /// <summary>From so many lines on, it is worth to ask which of them all have heard before the log grows.</summary>
    private const int Large = 1 << 12;

    private long[] _dueUs = new long[1 << 4];
    private int _oldest;
    private int _next;

    /// <summary>How many lines it can hold as it is.</summary>
    public int Capacity => _dueUs.Length;

    /// <summary>Notes a line; numbers come one after the other.</summary>
    public void Note(int number, long dueUs)
    {
        if (_next == _oldest)
        {
            _oldest = number;
        }

        if (number - _oldest == _dueUs.Length)
        {
            MakeSpace(number);
        }

        _dueUs[number & (_dueUs.Length - 1)] = dueUs;
        _next = number + 1;
    }

    /// <summary>When the line was due; false if that is not known any more.</summary>
    public bool TryFind(int number, out long dueUs)
    {
        dueUs = _dueUs[number & (_dueUs.Length - 1)];
        return number >= _oldest && number < _next;
    }

    // Half of it must become free: otherwise it would be asked again too soon.
    private void MakeSpace(int number)
    {
        if (_dueUs.Length >= Large)
        {
            _oldest = Math.Clamp(oldestAwaited(), _oldest, number);
            if (number - _oldest <= _dueUs.Length / 2)
            {
                return;
            }
        }

        var larger = new long[_dueUs.Length * 2];
        for (var kept = _oldest; kept < number; kept++)
        {
            larger[kept & (larger.Length - 1)] = _dueUs[kept & (_dueUs.Length - 1)];
        }

        _dueUs = larger;
    }
}
