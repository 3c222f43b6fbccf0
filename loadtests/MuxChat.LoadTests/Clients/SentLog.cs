namespace MuxChat.LoadTests.Clients;

/// <summary>
/// When each line of one sender was due, in microseconds: the last 65,536 of them. It begins small, because those who come and go say
/// one line each and are thousands.
/// </summary>
internal sealed class SentLog
{
    private const int First = 1 << 4;
    private const int Kept = 1 << 16;

    private long[] _dueUs = new long[First];

    /// <summary>Notes a line; numbers come one after the other, from 0.</summary>
    public void Note(int number, long dueUs)
    {
        if (number >= _dueUs.Length && _dueUs.Length < Kept)
        {
            Array.Resize(ref _dueUs, _dueUs.Length * 2);
        }

        _dueUs[number & (_dueUs.Length - 1)] = dueUs;
    }

    public long DueUs(int number) => _dueUs[number & (_dueUs.Length - 1)];
}
