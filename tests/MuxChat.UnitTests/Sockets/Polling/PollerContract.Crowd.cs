using MuxChat.Core.Loop;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets.Polling;

/// <summary>Many sockets, and little room to tell of them.</summary>
public abstract partial class PollerContract
{
    private const int SmallSpan = 16;
    private const int DescriptorsForThousand = 10_000;

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void All_that_are_ready_are_reported(int count)
    {
        SkipWithoutDescriptors(DescriptorsForThousand);
        var tokens = AddReadable(count);

        var seen = Probe.Collect(mostWaits: 10, spanLength: 2048, all => all.Count == count);

        Assert.Equal(tokens, seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void All_that_stay_ready_have_their_turn_in_a_small_span(int count)
    {
        SkipWithoutDescriptors(DescriptorsForThousand);
        var tokens = AddReadable(count);

        // Nobody reads: who was told stays ready, and must not keep the others from being told.
        var seen = Probe.Collect(MaxWaitsFor(count), SmallSpan, all => all.Count == count);

        Assert.Equal(tokens, seen);
    }

    [Fact]
    public void One_of_a_thousand_is_reported_alone()
    {
        SkipWithoutDescriptors(DescriptorsForThousand);
        for (var i = 0; i < 999; i++)
        {
            Probe.Add(OpenPair().Watched, Interest.Read);
        }

        var pair = OpenPair();
        var token = Probe.Add(pair.Watched, Interest.Read);
        Assert.Equal(0, Probe.Wait(0).Length);

        pair.PeerSends();

        Probe.WaitFor(token, ReadinessFlags.Readable);
        Assert.Equal([new Readiness(token, ReadinessFlags.Readable)], Probe.Wait(0).ToArray());
    }

    [Fact]
    public void Writable_among_many_readable_has_its_turn_in_a_small_span()
    {
        var expected = AddReadable(SmallSpan * 3);
        expected.Add(Probe.Add(OpenPair().Watched, Interest.Write));

        var seen = Probe.Collect(MaxWaitsFor(expected.Count), SmallSpan, all => all.Count == expected.Count);

        Assert.Equal(expected, seen);
    }

    [Fact]
    public void Broken_among_many_readable_has_its_turn_in_a_small_span()
    {
        var expected = AddReadable(SmallSpan * 3);
        var broken = OpenPair();
        expected.Add(Probe.Add(broken.Watched, Interest.None));
        broken.PeerResets();

        var seen = Probe.Collect(MaxWaitsFor(expected.Count), SmallSpan, all => all.Count == expected.Count);

        Assert.Equal(expected, seen);
    }

    [Fact]
    public void Both_flags_of_each_are_told_sooner_or_later_in_a_small_span()
    {
        var count = SmallSpan * 3;
        var told = new Dictionary<Token, ReadinessFlags>();
        for (var i = 0; i < count; i++)
        {
            var pair = OpenPair();
            pair.PeerSends();
            told[Probe.Add(pair.Watched, Interest.Read | Interest.Write)] = ReadinessFlags.None;
        }

        var ready = new Readiness[SmallSpan];
        for (var i = 0; i < MaxWaitsFor(count); i++)
        {
            var some = Poller.Wait(Guard.Ms, ready);
            foreach (var one in ready.AsSpan(0, some))
            {
                told[one.Token] |= one.Flags;
            }
        }

        Assert.All(told.Values, flags => Assert.Equal(ReadinessFlags.Readable | ReadinessFlags.Writable, flags));
    }

    // Four times what it takes when each wait tells of others.
    private static int MaxWaitsFor(int count) => 4 * ((count / SmallSpan) + 1);

    private HashSet<Token> AddReadable(int count)
    {
        var tokens = new HashSet<Token>();
        for (var i = 0; i < count; i++)
        {
            var pair = OpenPair();
            pair.PeerSends();
            Guard.Until(() => pair.Watched.Available == 1, "the byte has arrived");
            tokens.Add(Probe.Add(pair.Watched, Interest.Read));
        }

        return tokens;
    }
}
