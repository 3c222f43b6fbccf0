using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Chat;
using MuxChat.Core.Loop.Watching;
using MuxChat.Core.Metrics;

namespace MuxChat.UnitTests.Core.Loop.Watching;

/// <summary>How the time of a tick is shared out to its phases.</summary>
public sealed class TickRecorderTests
{
    private readonly FakeTimeProvider _time = Clocks.Create();
    private readonly MetricSet _metrics = new();
    private readonly TickRecorder _recorder;

    public TickRecorderTests() => _recorder = new TickRecorder(new TickClock(_time), _metrics) { IsOn = true };

    [Fact]
    public void Phase_insideAnother_takesItsTimeFromIt()
    {
        _recorder.Begin(beganUs: 1_000, waitedUs: 500, ready: 2);
        Pass(1);
        var before = _recorder.Enter(TickPhase.Read);
        Pass(10);
        var inner = _recorder.Enter(TickPhase.Write);
        Pass(100);
        _recorder.Enter(inner);
        Pass(20);
        _recorder.Enter(before);
        Pass(2);
        _recorder.End();
        var tick = _recorder[0];
        Assert.Equal((500_000, 3_000, 30_000, 100_000, 0, 0), (tick.NsOf(TickPhase.Wait), tick.NsOf(TickPhase.CarryOut),
            tick.NsOf(TickPhase.Read), tick.NsOf(TickPhase.Write), tick.NsOf(TickPhase.Accept), tick.NsOf(TickPhase.Reap)));
        Assert.Equal((133_000, 2, 1_000), (tick.WorkNs, tick.Ready, tick.BeganUs));
    }

    [Fact]
    public void Recorder_thatIsOff_recordsNothing()
    {
        _recorder.IsOn = false;
        Tick(5);
        Assert.Equal((0, 0), (_recorder.Count, _recorder.KeptCount));
    }

    [Fact]
    public void Recorder_switchedWithinATick_countsFromTheNext()
    {
        _recorder.IsOn = false;
        _recorder.Begin(0, 0, 0);
        _recorder.IsOn = true;
        Pass(5);
        _recorder.End();
        Assert.Equal(0, _recorder.Count);
        _recorder.Begin(0, 0, 0);
        _recorder.IsOn = false;
        _recorder.End();
        Assert.Equal(1, _recorder.Count);
    }

    [Fact]
    public void Ticks_beyondThoseKept_areInTheSumsAndTheLongestIsKept()
    {
        for (var us = 1; us <= TickRecorder.MaxTicks + 5; us++)
        {
            _metrics.Ticks.Increment();
            Tick(us == 3 ? 1_000 : us);
        }

        Assert.Equal((TickRecorder.MaxTicks + 5, TickRecorder.MaxTicks), (_recorder.Count, _recorder.KeptCount));
        Assert.Equal(1_000_000, _recorder.Longest.WorkNs);
        Assert.Equal(4, _recorder.Longest.Number);
        var sum = Enumerable.Range(1, TickRecorder.MaxTicks + 5).Sum() - 3 + 1_000;
        Assert.Equal(sum * 1_000, _recorder.Sums.WorkNs);
        Assert.Equal((6 + 1, TickRecorder.MaxTicks + 5 + 1), (_recorder[0].Number, _recorder[TickRecorder.MaxTicks - 1].Number));
        _recorder.Clear();
        Tick(7);
        Assert.Equal((1, 7_000, 7_000), (_recorder.Count, _recorder.Sums.WorkNs, _recorder.Longest.WorkNs));
    }

    [Fact]
    public void Counts_ofATick_areWhatTheRegistryCountedMeanwhile()
    {
        _metrics.LinesIn.Add(100);
        _metrics.Connections.Disconnects.Increment(1);
        _recorder.Begin(0, 0, 3);
        _metrics.LinesIn.Add(2);
        _metrics.LinesDelivered.Add(9);
        _metrics.Connections.Accepted.Increment();
        _metrics.Connections.Frames.Add(4);
        _metrics.Connections.BytesReceived.Add(5);
        _metrics.Connections.BytesSent.Add(6);
        _metrics.Connections.Disconnects.Increment(3);
        _recorder.NoteWatchers();
        _recorder.End();
        var tick = _recorder[0];
        Assert.Equal((2, 9, 1, 4, 5, 6, 1, false),
            (tick.Lines, tick.Delivered, tick.Accepted, tick.Frames, tick.BytesIn, tick.BytesOut, tick.Closed, tick.IsForWatchers));
    }

    private void Tick(int us)
    {
        _recorder.Begin(0, 0, 0);
        Pass(us);
        _recorder.End();
    }

    private void Pass(int us) => _time.Advance(TimeSpan.FromMicroseconds(us));
}
