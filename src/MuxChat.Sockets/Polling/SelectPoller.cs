using System.Diagnostics;
using System.Net.Sockets;
using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Polling;

/// <summary>Polls with <c>Socket.Select</c>, on every system.</summary>
/// <remarks>
/// On Unix .NET calls poll(2), so descriptors above 1,024 work. The cost grows with the number of
/// sockets, and from 80 entries on each call allocates.
/// </remarks>
internal sealed class SelectPoller : IPoller
{
    private const int MicrosecondsPerMillisecond = 1000;
    private const int LongestWaitMs = int.MaxValue / MicrosecondsPerMillisecond;

    private readonly Dictionary<Socket, Entry> _entries = [];
    private readonly List<Socket> _read = [];
    private readonly List<Socket> _write = [];
    private readonly List<Socket> _error = [];

    // The contents of the three lists before each wait. Select removes the sockets that are not ready.
    private readonly List<Socket> _forRead = [];
    private readonly List<Socket> _forWrite = [];
    private readonly List<Socket> _forError = [];
    private readonly Waker _waker;
    private readonly bool _ownsWaker;
    private long _round;
    private int _resumeAt;
    private bool _isChanged = true;

    public SelectPoller()
        : this(new Waker(), ownsWaker: true)
    {
    }

    public SelectPoller(Waker waker, bool ownsWaker)
    {
        _waker = waker;
        _ownsWaker = ownsWaker;
    }

    public string Name => "select";

    public int Count => _entries.Count;

    public void Add(Socket socket, Token token, Interest interest)
    {
        _entries.Add(socket, new Entry(token, interest));
        _isChanged = true;
    }

    public void SetInterest(Socket socket, Token token, Interest interest)
    {
        if (!_entries.TryGetValue(socket, out var entry))
        {
            throw new ArgumentException("The socket is not registered.", nameof(socket));
        }

        entry.Token = token;
        entry.Interest = interest;
        _isChanged = true;
    }

    public bool Remove(Socket socket)
    {
        _isChanged = true;
        return _entries.Remove(socket);
    }

    public int Wait(int timeoutMs, Span<Readiness> ready)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            FillLists();
            var leftMs = timeoutMs < 0 ? LongestWaitMs : timeoutMs - (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            leftMs = Math.Clamp(leftMs, 0, LongestWaitMs);

            // Use whole milliseconds: the runtime truncates the rest, so a short wait would become 0 and the loop would spin.
            Socket.Select(_read, _write, _error, leftMs * MicrosecondsPerMillisecond);
            var woken = _read.Remove(_waker.Socket);
            if (woken)
            {
                _waker.Clear();
            }

            _error.RemoveAll(DiscardUrgentByte);
            var count = Report(ready);
            if (count == 0 && !woken)
            {
                FindHangUps();
                count = Report(ready);
            }

            if (count > 0 || woken || leftMs == 0)
            {
                return count;
            }
        }
    }

    public void Wake() => _waker.Wake();

    public void CopyTo(ICollection<Registration> registrations)
    {
        foreach (var (socket, entry) in _entries)
        {
            registrations.Add(new Registration(socket, entry.Token, entry.Interest));
        }
    }

    public void Dispose()
    {
        if (_ownsWaker)
        {
            _waker.Dispose();
        }
    }

    private void FillLists()
    {
        if (_isChanged)
        {
            SortOut();
            _isChanged = false;
        }

        Refill(_read, _forRead);
        Refill(_write, _forWrite);
        Refill(_error, _forError);
    }

    private void SortOut()
    {
        _forRead.Clear();
        _forWrite.Clear();
        _forError.Clear();

        // The waker comes first, so that Remove finds it at once.
        _forRead.Add(_waker.Socket);
        foreach (var (socket, entry) in _entries)
        {
            if ((entry.Interest & Interest.Read) != 0)
            {
                _forRead.Add(socket);
            }

            if ((entry.Interest & Interest.Write) != 0)
            {
                _forWrite.Add(socket);
            }

            // An error on a socket with no interest would end each wait without appearing in any list. A stream
            // with interest needs no entry: once its connection is broken, it also becomes readable and writable.
            // Watching every socket twice would double the cost.
            if (entry.Interest == Interest.None || socket.SocketType != SocketType.Stream)
            {
                _forError.Add(socket);
            }
        }
    }

    private static void Refill(List<Socket> list, List<Socket> from)
    {
        list.Clear();
        list.AddRange(from);
    }

    // A hang-up without an error, on a socket with no interest, ends the wait without appearing in any list, and would end every following
    // wait. Search for hang-ups only after a wait found nothing, so that the search costs nothing under load.
    private void FindHangUps()
    {
        foreach (var (socket, entry) in _entries)
        {
            if (entry.Interest == Interest.None && PollInterop.HasHungUp(socket))
            {
                _error.Add(socket);
            }
        }
    }

    // Select also lists a socket with urgent data as an error (RFC 9293, section 3.8.5), but a telnet client sends urgent
    // data as an interrupt. Read and discard the byte, which select would otherwise report in each wait. Epoll does not
    // report it. The urgent byte is never part of the normal stream.
    private static bool DiscardUrgentByte(Socket socket)
    {
        Span<byte> urgent = stackalloc byte[1];
        return socket.SocketType == SocketType.Stream && socket.Receive(urgent, SocketFlags.OutOfBand, out _) > 0;
    }

    // Treats the three lists as one. If more sockets are ready than fit, the next call begins with the first one left out, in any list.
    // Sockets that are always readable therefore never hide another's writability or error.
    private int Report(Span<Readiness> ready)
    {
        _round++;
        var total = _read.Count + _write.Count + _error.Count;
        var first = _resumeAt < total ? _resumeAt : 0;
        _resumeAt = -1;
        var count = 0;
        for (var i = 0; i < total; i++)
        {
            var place = (first + i) % total;
            var entry = _entries[At(place, out var flag)];
            if (entry.Round == _round)
            {
                ref var told = ref ready[entry.Place];
                told = told with { Flags = told.Flags | flag };
            }
            else if (count < ready.Length)
            {
                entry.Round = _round;
                entry.Place = count;
                ready[count++] = new Readiness(entry.Token, flag);
            }
            else if (_resumeAt < 0)
            {
                _resumeAt = place;
            }
        }

        _resumeAt = Math.Max(_resumeAt, 0);
        return count;
    }

    private Socket At(int place, out ReadinessFlags flag)
    {
        if (place < _read.Count)
        {
            flag = ReadinessFlags.Readable;
            return _read[place];
        }

        place -= _read.Count;
        flag = place < _write.Count ? ReadinessFlags.Writable : ReadinessFlags.Error;
        return place < _write.Count ? _write[place] : _error[place - _write.Count];
    }

    private sealed class Entry(Token token, Interest interest)
    {
        public Token Token { get; set; } = token;

        public Interest Interest { get; set; } = interest;

        /// <summary>The last wait that reported this socket; <see cref="Place"/> is its index in that report.</summary>
        public long Round { get; set; }

        public int Place { get; set; }
    }
}
