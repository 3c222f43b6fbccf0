using MuxChat.Core.Loop;
using MuxChat.Sockets.Polling;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets.Polling;

/// <summary>Adding, changing and removing.</summary>
public abstract partial class PollerContract
{
    private const int MaxAttempts = 200;

    [Fact]
    public void Change_of_interest_takes_effect_in_the_next_wait()
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.Read);
        pair.PeerSends();
        Probe.WaitFor(token, ReadinessFlags.Readable);

        Interest[] changes =
        [
            Interest.None, Interest.Write, Interest.Read, Interest.Read | Interest.Write, Interest.None, Interest.Read,
            Interest.Write, Interest.None,
        ];
        foreach (var interest in changes)
        {
            Poller.SetInterest(pair.Watched, token, interest);

            // Interest and readiness have the same bits.
            Assert.Equal((ReadinessFlags)interest, Probe.Now(token));
        }
    }

    [Fact]
    public void Bytes_that_come_while_nobody_is_interested_are_reported_later()
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.None);
        pair.PeerSends();
        Guard.Until(() => pair.Watched.Available == 1, "the byte has arrived");
        Assert.Equal(ReadinessFlags.None, Probe.Now(token));

        Poller.SetInterest(pair.Watched, token, Interest.Read);

        Assert.Equal(ReadinessFlags.Readable, Probe.WaitFor(token, ReadinessFlags.Readable));
    }

    [Fact]
    public void Change_of_token_takes_effect_in_the_next_wait()
    {
        var pair = OpenPair();
        var before = Probe.Add(pair.Watched, Interest.Read);
        pair.PeerSends();
        Probe.WaitFor(before, ReadinessFlags.Readable);
        var after = before with { Generation = before.Generation + 1 };

        Poller.SetInterest(pair.Watched, after, Interest.Read);

        Assert.Equal(ReadinessFlags.None, Probe.Now(before));
        Assert.Equal(ReadinessFlags.Readable, Probe.Now(after));
    }

    [Fact]
    public void Removed_while_ready_is_not_reported_any_more()
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.Read | Interest.Write);
        pair.PeerSends();
        Probe.WaitFor(token, ReadinessFlags.Readable);

        Assert.True(Poller.Remove(pair.Watched));

        Assert.Equal(0, Probe.Wait(0).Length);
        Assert.Equal(0, Probe.Wait(1).Length);
    }

    [Fact]
    public void Removed_and_added_again_is_reported_under_its_new_token_only()
    {
        var pair = OpenPair();
        var before = Probe.Add(pair.Watched, Interest.Read);
        pair.PeerSends();
        Probe.WaitFor(before, ReadinessFlags.Readable);
        Poller.Remove(pair.Watched);

        var after = Probe.Add(pair.Watched, Interest.Read);

        Assert.Equal(ReadinessFlags.Readable, Probe.WaitFor(after, ReadinessFlags.Readable));
        Assert.Equal(ReadinessFlags.None, Probe.Now(before));
    }

    [Fact]
    public void Descriptor_used_again_reports_nothing_for_the_token_before() => Repeat(MaxAttempts, "the same descriptor", () =>
    {
        var gone = OpenPair();
        var descriptor = gone.Watched.Handle;
        var goneToken = Probe.Add(gone.Watched, Interest.Read | Interest.Write);
        gone.PeerSends();
        Probe.WaitFor(goneToken, ReadinessFlags.Readable);
        TakeOut(Poller, gone.Watched);
        var next = OpenPairOn(descriptor);
        if (next is null)
        {
            return false;
        }

        var nextToken = Probe.Add(next.Watched, Interest.Read);
        Assert.Equal(0, Probe.Wait(0).Length);
        next.PeerSends();
        Assert.Equal(ReadinessFlags.Readable, Probe.WaitFor(nextToken, ReadinessFlags.Readable));
        Assert.Equal(ReadinessFlags.None, Probe.Now(goneToken));
        return true;
    });

    [Fact]
    public void Descriptor_used_again_within_a_tick_is_told_apart() => Repeat(MaxAttempts, "the same descriptor", () =>
    {
        var pairs = new[] { OpenPair(), OpenPair() };
        var tokens = pairs.Select(pair => Probe.Add(pair.Watched, Interest.Read)).ToArray();
        pairs[0].PeerSends();
        pairs[1].PeerSends();
        Probe.WaitFor(tokens[0], ReadinessFlags.Readable);
        Probe.WaitFor(tokens[1], ReadinessFlags.Readable);

        // One is told; the other is ready, and goes before it was: its place is taken by a third.
        Span<Readiness> one = stackalloc Readiness[1];
        Assert.Equal(1, Poller.Wait(Guard.Ms, one));
        var told = Array.IndexOf(tokens, one[0].Token);
        var untold = pairs[1 - told];
        var descriptor = untold.Watched.Handle;
        TakeOut(Poller, untold.Watched);
        var third = OpenPairOn(descriptor);
        if (third is null)
        {
            TakeOut(Poller, pairs[told].Watched);
            return false;
        }

        var thirdToken = Probe.Add(third.Watched, Interest.Read);
        Assert.Equal([tokens[told]], Probe.Wait(0).ToArray().Select(ready => ready.Token));
        third.PeerSends();
        Probe.WaitFor(thirdToken, ReadinessFlags.Readable);
        Assert.Equal(ReadinessFlags.None, Probe.Now(tokens[1 - told]));
        return true;
    });

    [Fact]
    public void Adding_twice_throws_and_leaves_the_first_as_it_was()
    {
        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.Read);

        Assert.Throws<ArgumentException>(() => Poller.Add(pair.Watched, new Token(99, 9), Interest.Write));

        Assert.Equal(1, Poller.Count);
        pair.PeerSends();
        Assert.Equal(ReadinessFlags.Readable, Probe.WaitFor(token, ReadinessFlags.Readable));
    }

    [Fact]
    public void Interest_of_an_unknown_socket_throws()
    {
        var known = OpenPair();
        Probe.Add(known.Watched, Interest.Read);
        Probe.Wait(0);

        Assert.Throws<ArgumentException>(() => Poller.SetInterest(OpenPair().Watched, new Token(99, 9), Interest.Read));
    }

    [Fact]
    public void Removing_an_unknown_socket_is_false()
    {
        var pair = OpenPair();
        Assert.False(Poller.Remove(pair.Watched));

        Probe.Add(pair.Watched, Interest.Read);

        Assert.True(Poller.Remove(pair.Watched));
        Assert.False(Poller.Remove(pair.Watched));
    }

    [Fact]
    public void Count_and_copy_tell_all_registrations()
    {
        var expected = new List<Registration>();
        foreach (var interest in new[] { Interest.None, Interest.Read, Interest.Write, Interest.Read | Interest.Write })
        {
            var pair = OpenPair();
            var token = Probe.Add(pair.Watched, Interest.None);
            Poller.SetInterest(pair.Watched, token, interest);
            expected.Add(new Registration(pair.Watched, token, interest));
        }

        var copied = new List<Registration>();
        Poller.CopyTo(copied);

        Assert.Equal(4, Poller.Count);
        Assert.Equal(expected, copied.OrderBy(one => one.Token.Index));
        Poller.Remove(expected[0].Socket);
        Assert.Equal(3, Poller.Count);
    }

    [Fact]
    public void Tokens_of_all_kinds_come_back_as_they_were()
    {
        Token[] tokens = [new(0, 1), new(int.MaxValue, uint.MaxValue), new(1, uint.MaxValue), new(-1, 0), new(-2, 0),
            new(123_456, 0x8000_0001)];
        foreach (var token in tokens)
        {
            var pair = OpenPair();
            Poller.Add(pair.Watched, token, Interest.Write);
        }

        var seen = Probe.Collect(tokens.Length * 4, 2048, all => all.Count == tokens.Length);

        Assert.Equal(tokens.ToHashSet(), seen);
    }
}
