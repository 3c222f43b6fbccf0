using MuxChat.Core.Loop;
using MuxChat.Simulation.Checks;

namespace MuxChat.Simulation.Wire;

/// <summary>
/// What a wait reports: level-triggered, in no fixed order, sometimes late, sometimes where there is nothing, and now and then for a token
/// that is gone. Whoever is reported again and again must be served.
/// </summary>
internal sealed class ReadinessReports(Machine machine, SeededRandom random, SimListener[] listeners, List<SimChannel> registered)
{
    /// <summary>Reports in a row of something ready that is not served.</summary>
    private const int MaxReports = 3;

    /// <summary>The same while a channel opens: a tick moves few of them on, and they are reported in no fixed order.</summary>
    private const int MaxOpeningReports = 300;

    private readonly List<Token> _stale = [];

    public bool AreListenersClosed { get; set; }

    /// <summary>Whether the last wait kept something to itself.</summary>
    public bool WasLate { get; private set; }

    /// <summary>Whether all that the last wait reported was not so: who finds nothing to do then has done nothing wrong.</summary>
    public bool WereAllFalse { get; private set; }

    /// <summary>A token whose connection was just closed is to be reported once more.</summary>
    public void AddStale(Token token) => _stale.Add(token);

    /// <summary>The server is gone, and its tokens with it.</summary>
    public void Forget() => _stale.Clear();

    public int Collect(Span<Readiness> ready, out bool isAnythingReady)
    {
        var count = 0;
        WasLate = false;
        isAnythingReady = _stale.Count > 0;
        var falseReports = _stale.Count;
        for (var listener = 0; listener < listeners.Length && !AreListenersClosed; listener++)
        {
            if (listeners[listener].IsListening && listeners[listener].IsReady)
            {
                isAnythingReady = true;
                if (Report(ready, ref count, Token.ForListener(listener), ReadinessFlags.Readable))
                {
                    listeners[listener].Datagrams?.CountReport();
                }
            }
        }

        // Behind the listeners: whoever is accepted in this tick may have the place, and the descriptor, of the one that is gone.
        foreach (var stale in _stale)
        {
            ready[count++] = new Readiness(stale,
                random.Pick(ReadinessFlags.Readable, ReadinessFlags.Writable, ReadinessFlags.Error, (ReadinessFlags)7));
        }

        _stale.Clear();
        var first = registered.Count == 0 ? 0 : random.Below(registered.Count);
        for (var i = 0; i < registered.Count; i++)
        {
            var channel = registered[(first + i) % registered.Count];
            var flags = channel.IsUnwatched ? ReadinessFlags.None : FlagsOf(channel);
            if (flags != ReadinessFlags.None)
            {
                isAnythingReady = true;
                if (Report(ready, ref count, channel.Token, flags))
                {
                    CountReports(channel, flags);
                }
            }
            else if ((channel.Interest & Interest.Read) != 0 && random.Chance(machine.Faults.FalseReport))
            {
                isAnythingReady = true;
                falseReports++;
                ready[count++] = new Readiness(channel.Token, ReadinessFlags.Readable);
            }
        }

        WereAllFalse = falseReports > 0 && falseReports == count;
        return count;
    }

    private bool Report(Span<Readiness> ready, ref int count, Token token, ReadinessFlags flags)
    {
        if (random.Chance(machine.Faults.LateReport))
        {
            WasLate = true;
            return false;
        }

        ready[count++] = new Readiness(token, flags);
        return true;
    }

    // Errors and hang-ups are told whatever the interest, and sometimes beside what the channel is watched for.
    private ReadinessFlags FlagsOf(SimChannel channel)
    {
        var isEnded = channel.IsReset || channel.IsHungUp || (channel.EndArrived && channel.IsShutDown);
        var flags = (channel.Interest & Interest.Read) != 0 && channel.IsReadable ? ReadinessFlags.Readable : ReadinessFlags.None;
        flags |= (channel.Interest & Interest.Write) != 0 && channel.IsWritable ? ReadinessFlags.Writable : ReadinessFlags.None;
        return isEnded && (flags == ReadinessFlags.None || channel.IsHungUp || random.Chance(0.5)) ? flags | ReadinessFlags.Error : flags;
    }

    private static void CountReports(SimChannel channel, ReadinessFlags flags)
    {
        channel.ReadReports += (flags & ReadinessFlags.Readable) != 0 ? 1 : 0;
        channel.WriteReports += (flags & ReadinessFlags.Writable) != 0 ? 1 : 0;
        channel.IsErrorReported |= (flags & ReadinessFlags.Error) != 0;
        var most = channel.IsOpening ? MaxOpeningReports : MaxReports;
        if (channel.ReadReports > most || channel.WriteReports > MaxReports)
        {
            throw new CheckFailedException(CheckNames.Served,
                $"client {channel.Far.ClientNumber} was reported ready {channel.ReadReports} times and not served");
        }
    }
}
