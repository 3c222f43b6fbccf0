using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using MuxChat.Core.Loop;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.Sockets.Support;

namespace MuxChat.UnitTests.Sockets.Polling;

/// <summary>How long a wait takes, and what ends it.</summary>
public abstract partial class PollerContract
{
    private const int Rounds = 300;
    private const int WindowChanged = 28;
    private const int SignalsSent = 10;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    public void Timeout_is_never_cut_short(int timeoutMs)
    {
        Probe.Add(OpenPair().Watched, Interest.Read);
        Probe.Wait(0);
        for (var i = 0; i < 20; i++)
        {
            Assert.InRange(MsOfWait(timeoutMs), timeoutMs, double.MaxValue);
        }
    }

    [Fact]
    public void Wait_without_any_socket_takes_its_time() => Assert.InRange(MsOfWait(15), 15, double.MaxValue);

    [Fact]
    public void Wait_without_time_does_not_sleep()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The system counts how often a thread has slept: Linux.");
        const int waits = 1000;
        Probe.Add(OpenPair().Watched, Interest.Read);
        Probe.Wait(0);
        var sleptBefore = NativeThread.TimesSlept();
        for (var i = 0; i < waits; i++)
        {
            Assert.Equal(0, Probe.Wait(0).Length);
        }

        // A wait for one millisecond would sleep each time. The runtime stops a thread now and then, for other tests in this process.
        Assert.InRange(NativeThread.TimesSlept() - sleptBefore, 0, waits / 4);
    }

    [Fact]
    public void Wake_from_another_thread_ends_the_wait()
    {
        Probe.Add(OpenPair().Watched, Interest.Read);
        var returned = new Signals();
        var waiter = Background.Start("every wait was woken", () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                Assert.Equal(0, Probe.Wait(-1).Length);
                returned.Add();
            }
        });

        // Some of these come before the next wait begins and some within it.
        for (var i = 0; i < Rounds; i++)
        {
            Poller.Wake();
            returned.Take($"wait {i} is woken");
        }

        waiter.Finish();
    }

    [Fact]
    public void Wake_before_the_wait_is_kept()
    {
        Probe.Add(OpenPair().Watched, Interest.Read);
        Poller.Wake();

        var waiter = Background.Start("a wait that was woken before", () => Assert.Equal(0, Probe.Wait(-1).Length));

        waiter.Finish();
    }

    [Fact]
    public void Many_wakes_are_one()
    {
        Probe.Add(OpenPair().Watched, Interest.Read);
        for (var i = 0; i < 1000; i++)
        {
            Poller.Wake();
        }

        Probe.Wait(Guard.Ms);

        Assert.True(MsOfWait(15) >= 15, "The wake stayed.");
    }

    [Fact]
    public void Wakes_from_many_threads_do_not_stay()
    {
        Probe.Add(OpenPair().Watched, Interest.Read);
        var wakers = Enumerable.Range(0, 4).Select(_ => Background.Start("a thousand wakes", () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                Poller.Wake();
            }
        })).ToArray();
        Probe.Wait(Guard.Ms);
        Probe.Wait(0);
        Array.ForEach(wakers, waker => waker.Finish());

        // One may be under way, and one may have come between the two steps of taking it back.
        Probe.Wait(0);
        Probe.Wait(0);

        Assert.True(MsOfWait(15) >= 15, "The wake stayed.");
        Poller.Wake();
        Background.Start("a wait that is woken after all that", () => Probe.Wait(-1)).Finish();
    }

    [Fact]
    public void Wake_is_heard_beside_sockets_that_are_always_ready()
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.Write);
        Probe.WaitFor(token, ReadinessFlags.Writable);
        Poller.Wake();

        // With room for one only: the wake may take a wait of its own, and is over then.
        Span<Readiness> one = stackalloc Readiness[1];
        for (var i = 0; i < 4; i++)
        {
            Poller.Wait(Guard.Ms, one);
        }

        Poller.SetInterest(pair.Watched, token, Interest.None);
        Assert.True(MsOfWait(15) >= 15, "The wake stayed.");
    }

    [Fact]
    public void Wake_after_disposal_does_nothing()
    {
        Probe.Wait(0);
        Poller.Dispose();

        Poller.Wake();
        Poller.Dispose();
        Poller.Wake();
    }

    [Fact]
    public void Wake_during_disposal_does_nothing()
    {
        for (var i = 0; i < 100; i++)
        {
            var poller = Create();
            var begun = new Signals();
            var waker = Background.Start("wakes during disposal", () =>
            {
                begun.Add();
                for (var wake = 0; wake < 50; wake++)
                {
                    poller.Wake();
                }
            });
            begun.Take("the wakes begin");
            poller.Dispose();
            waker.Finish();
        }
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Signal_does_not_end_the_wait()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The signal's number is Linux's.");
        const int timeoutMs = 150;
        var handled = 0;
        var waits = new Signals();
        var ended = new Signals();
        var over = new Signals();
        nuint thread = 0;
        var tookMs = 0.0;
        using var handler = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Interlocked.Increment(ref handled));
        Probe.Add(OpenPair().Watched, Interest.Read);
        var waiter = Background.Start("a wait with signals", () =>
        {
            thread = NativeThread.Self();
            waits.Add();
            tookMs = MsOfWait(timeoutMs);
            ended.Add();
            over.Take("the signals are over");
        });

        waits.Take("the wait begins");
        // Not for ever: the runtime begins an interrupted poll(2) anew, with all of its time.
        for (var i = 0; i < SignalsSent && !ended.TryTake(10); i++)
        {
            Assert.Equal(0, NativeThread.Kill(thread, WindowChanged));
        }

        over.Add();
        waiter.Finish();
        Assert.InRange(tookMs, timeoutMs, double.MaxValue);
        Guard.Until(() => Volatile.Read(ref handled) > 0, "a signal was handled");
    }

    private double MsOfWait(int timeoutMs)
    {
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(0, Probe.Wait(timeoutMs).Length);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
