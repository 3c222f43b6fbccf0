using MuxChat.Sockets.Polling;

namespace MuxChat.UnitTests.Sockets.Polling;

public sealed class PollersTests
{
    [Theory]
    [InlineData("select", "select")]
    [InlineData("epoll", "epoll")]
    [InlineData("auto", "select")]
    public void Poller_by_name_begins_with_that_backend(string name, string backend)
    {
        Assert.SkipUnless(Pollers.HasEpoll || backend == "select", "This system has no epoll.");
        using var poller = Pollers.Create(name);

        Assert.Equal(backend, poller.Name);
        Assert.Equal(0, poller.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kqueue")]
    [InlineData("Select")]
    public void Unknown_name_throws(string name) => Assert.Throws<ArgumentException>(() => Pollers.Create(name));
}
