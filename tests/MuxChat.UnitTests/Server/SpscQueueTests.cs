using MuxChat.Server.Hosting;

namespace MuxChat.UnitTests.Server;

/// <summary>The queue between the serving thread and the background worker.</summary>
public sealed class SpscQueueTests
{
    [Fact]
    public void Takes_as_many_as_fit_and_gives_them_in_their_order_again_and_again()
    {
        var mailbox = new SpscQueue<string>(4);
        for (var round = 0; round < 3; round++)
        {
            Assert.False(mailbox.TryTake(out _));
            Assert.True(mailbox.TryPut($"a{round}"));
            Assert.True(mailbox.TryTake(out var first));
            Assert.Equal($"a{round}", first);

            var given = Enumerable.Range(0, 4).Select(i => $"{round}.{i}").ToList();
            Assert.All(given, one => Assert.True(mailbox.TryPut(one)));
            Assert.False(mailbox.TryPut("too much"));
            Assert.Equal(given, given.Select(_ => mailbox.TryTake(out var taken) ? taken : null));
        }
    }
}
