using MuxChat.Terminal.Connection;
using MuxChat.Terminal.Session;

namespace MuxChat.UnitTests.Terminal;

/// <summary>Addresses, pauses between attempts, and the order of a room's events.</summary>
public sealed class ConnectionTests
{
    [Theory]
    [InlineData("chat.example:7071", "chat.example", 7071)]
    [InlineData("chat.example", "chat.example", 7070)]
    [InlineData("127.0.0.1:1", "127.0.0.1", 1)]
    [InlineData("[::1]:65535", "::1", 65535)]
    [InlineData("[::1]", "::1", 7070)]
    public void Address_is_read(string given, string host, int port)
    {
        Assert.True(ServerAddress.TryParse(given, out var address));
        Assert.Equal(new ServerAddress(host, port), address);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":7070")]
    [InlineData("chat.example:0")]
    [InlineData("chat.example:65536")]
    [InlineData("chat.example:x")]
    [InlineData("::1")]
    [InlineData("[::1")]
    [InlineData("[chat.example]:1")]
    [InlineData("http://chat.example")]
    public void Word_that_is_no_address_is_refused(string given) => Assert.False(ServerAddress.TryParse(given, out _));

    [Fact]
    public void Pauses_grow_to_a_limit_and_begin_again_after_a_steady_connection()
    {
        var backoff = new Backoff(new Random(1));
        TimeSpan[] pauses = [.. Enumerable.Range(0, 12).Select(_ => backoff.Next(TimeSpan.Zero))];
        Assert.InRange(pauses[0], Backoff.First / 2, Backoff.First);
        Assert.InRange(pauses[^1], Backoff.Longest / 4, Backoff.Longest);
        Assert.All(pauses, static pause => Assert.InRange(pause, Backoff.First / 2, Backoff.Longest));
        Assert.InRange(backoff.Next(Backoff.Steady), Backoff.First / 2, Backoff.First);
    }

    [Fact]
    public void Events_wait_for_the_numbers_before_theirs()
    {
        var sequence = new RoomSequence();
        sequence.Begin(epoch: 7, last: 4);
        Assert.Empty(sequence.Take(Said(6)));
        Assert.Empty(sequence.Take(Said(7)));
        Assert.Equal([5, 6, 7], sequence.Take(Said(5)).Select(static one => one.Seq));
        Assert.Empty(sequence.Take(Said(6)));
        Assert.Equal(7, sequence.Last);
    }

    [Fact]
    public void Number_that_never_comes_is_a_gap_when_too_many_wait()
    {
        var sequence = new RoomSequence();
        sequence.Begin(epoch: 7, last: 0);
        for (var seq = 2; seq < RoomSequence.MaxWaiting + 2; seq++)
        {
            Assert.Empty(sequence.Take(Said(seq)));
        }

        var ready = sequence.Take(Said(RoomSequence.MaxWaiting + 2));
        Assert.Equal(RoomEvent.Gap, ready[0].Type);
        Assert.Equal(RoomSequence.MaxWaiting + 1, ready.Count - 1);
    }

    [Fact]
    public void Event_of_the_past_that_was_given_is_not_given_again()
    {
        var sequence = new RoomSequence();
        sequence.Begin(epoch: 7, last: 0);
        sequence.Take(Said(1));
        Assert.False(sequence.TakePast(Said(1)));
        Assert.True(sequence.TakePast(Said(1) with { Epoch = 8 }));
        Assert.Equal((8, 1), (sequence.Epoch, sequence.Last));
    }

    private static RoomEvent Said(long seq) => new("said", 7, seq, DateTimeOffset.UnixEpoch, "bob", "", $"line {seq}");
}
