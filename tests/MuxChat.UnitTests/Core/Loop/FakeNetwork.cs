using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.UnitTests.Core.Protocols;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>A level-triggered network in memory. Waiting moves the virtual clock, but never beyond <see cref="HorizonMs"/>.</summary>
internal sealed class FakeNetwork : INetwork
{
    private const int MaxWaits = 200_000;

    private readonly FakeTimeProvider _time;
    private readonly FakeDatagrams? _datagrams;
    private readonly Queue<(AcceptStatus Status, FakeChannel? Channel)>[] _backlogs;
    private readonly bool[] _isListening;
    private readonly List<FakeChannel> _registered = [];
    private bool _isWoken;

    /// <param name="time">The clock, which waiting moves.</param>
    /// <param name="listeners">The listeners of connections.</param>
    /// <param name="datagrams">One more listener, of datagrams; null for none.</param>
    public FakeNetwork(FakeTimeProvider time, int listeners, FakeDatagrams? datagrams = null)
    {
        _time = time;
        _datagrams = datagrams;
        listeners += datagrams is null ? 0 : 1;
        _backlogs = [.. Enumerable.Range(0, listeners).Select(static _ => new Queue<(AcceptStatus Status, FakeChannel? Channel)>())];
        _isListening = [.. Enumerable.Repeat(true, listeners)];
    }

    public string IoName => "fake";

    public int ListenerCount => _backlogs.Length;

    public bool AreListenersClosed { get; private set; }

    public bool IsOutOfDescriptors { get; set; }

    public long HorizonMs { get; set; }

    /// <summary>Milliseconds that go by in each wait before something is ready.</summary>
    public int WaitTakesMs { get; set; }

    public int Waits { get; private set; }

    public int Wakes { get; private set; }

    public int AcceptCalls { get; private set; }

    public int LastTimeoutMs { get; private set; }

    /// <summary>Whether the last wait found nothing and would have waited.</summary>
    public bool WasIdle { get; private set; }

    /// <summary>Readiness reported once by the next wait, after everything else.</summary>
    public List<Readiness> Stale { get; } = [];

    /// <summary>How long the loop held back, in microseconds, each time it did.</summary>
    public List<int> Holds { get; } = [];

    public IReadOnlyList<FakeChannel> Registered => _registered;

    public bool IsListening(int listener) => _isListening[listener];

    public FakeChannel Knock(int listener = 0) => Knock(new FakeChannel(), listener);

    /// <summary>Somebody from another machine: each number is another address.</summary>
    public FakeChannel KnockFrom(ulong address, int listener = 0) =>
        Knock(new FakeChannel { Address = new PeerAddress(address, IsLoopback: false) }, listener);

    public FakeChannel Knock(FakeChannel channel, int listener)
    {
        _backlogs[listener].Enqueue((AcceptStatus.Accepted, channel));
        return channel;
    }

    public void FailNextAccept(int listener = 0) => _backlogs[listener].Enqueue((AcceptStatus.Failed, null));

    public int Wait(int timeoutMs, Span<Readiness> ready)
    {
        Waits++;
        LastTimeoutMs = timeoutMs;
        Assert.True(Waits < MaxWaits, $"{MaxWaits} waits: the loop spins.");
        _time.AdvanceMs(WaitTakesMs);
        var count = Collect(ready);
        WasIdle = count == 0 && timeoutMs != 0 && !_isWoken;
        _isWoken = false;
        if (WasIdle)
        {
            var longest = HorizonMs - _time.NowMs;
            _time.AdvanceMs(Math.Max(0, timeoutMs < 0 ? longest : Math.Min(timeoutMs, longest)));
        }

        return count;
    }

    public void Hold(int microseconds) => Holds.Add(microseconds);

    public void Wake()
    {
        Wakes++;
        _isWoken = true;
    }

    public IDatagramChannel? DatagramsOf(int listener) => listener == _backlogs.Length - 1 ? _datagrams : null;

    public AcceptStatus Accept(int listener, out IChannel? channel)
    {
        AcceptCalls++;
        channel = null;
        Assert.False(AreListenersClosed, "It was accepted from a closed listener.");
        if (_backlogs[listener].Count == 0)
        {
            return AcceptStatus.WouldBlock;
        }

        if (IsOutOfDescriptors)
        {
            return AcceptStatus.OutOfDescriptors;
        }

        var next = _backlogs[listener].Dequeue();
        channel = next.Channel;
        return next.Status;
    }

    public void SetListening(int listener, bool isListening) => _isListening[listener] = isListening;

    public void CloseListeners() => AreListenersClosed = true;

    public void Add(IChannel channel, Token token, Interest interest)
    {
        var added = (FakeChannel)channel;
        added.Token = token;
        added.Interest = interest;
        _registered.Add(added);
    }

    public void SetInterest(IChannel channel, Token token, Interest interest)
    {
        var changed = (FakeChannel)channel;
        Assert.Contains(changed, _registered);
        Assert.Equal(changed.Token, token);
        Assert.NotEqual(changed.Interest, interest);
        FaultException.ThrowIf(changed.Fails == ChannelCall.Watch);
        changed.Interest = interest;
        changed.InterestsAsked.Add(interest);
    }

    public void Remove(IChannel channel) => Assert.True(_registered.Remove((FakeChannel)channel), "It was not registered.");

    public void Close(IChannel channel)
    {
        var closed = (FakeChannel)channel;
        Assert.False(closed.IsClosed, "It was closed twice.");
        closed.IsClosed = true;
        _registered.Remove(closed);
        FaultException.ThrowIf(closed.Fails == ChannelCall.Close);
    }

    public void Dispose()
    {
    }

    private int Collect(Span<Readiness> ready)
    {
        var count = 0;
        for (var listener = 0; listener < _backlogs.Length && !AreListenersClosed; listener++)
        {
            var isReady = _backlogs[listener].Count > 0 || (DatagramsOf(listener) is not null && _datagrams!.IsReady);
            if (_isListening[listener] && isReady)
            {
                ready[count++] = new Readiness(Token.ForListener(listener), ReadinessFlags.Readable);
            }
        }

        foreach (var channel in _registered)
        {
            var flags = (channel.Interest & Interest.Read) != 0 && channel.IsReadable ? ReadinessFlags.Readable : ReadinessFlags.None;
            flags |= (channel.Interest & Interest.Write) != 0 && channel.IsWritable ? ReadinessFlags.Writable : ReadinessFlags.None;
            flags |= channel.ReportsError ? ReadinessFlags.Error : ReadinessFlags.None;
            if (flags != ReadinessFlags.None && count < ready.Length)
            {
                ready[count++] = new Readiness(channel.Token, flags);
            }
        }

        foreach (var stale in Stale)
        {
            ready[count++] = stale;
        }

        Stale.Clear();
        return count;
    }
}
