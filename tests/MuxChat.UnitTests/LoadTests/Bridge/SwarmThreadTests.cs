using System.Net;
using System.Net.Sockets;
using MuxChat.LoadTests;
using MuxChat.LoadTests.Bridge;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.LoadTests.Bridge;

public sealed class SwarmThreadTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SwarmThread _thread;

    public SwarmThreadTests()
    {
        _listener.Start();
        _thread = new SwarmThread((IPEndPoint)_listener.LocalEndpoint, 64);
    }

    public void Dispose()
    {
        _thread.Dispose();
        _listener.Dispose();
    }

    // The connection is made by the swarm's thread before it answers, so it waits in the listener's queue.
    private Task<Socket> Accept() =>
        _listener.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask()
        .WaitAsync(Guard.Time, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Work_from_many_tasks_is_done_one_after_the_other_on_one_thread()
    {
        var threads = new HashSet<int>();
        var count = 0;
        var work = Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await _thread.Do(_ => (threads.Add(Environment.CurrentManagedThreadId), count++));
            }
        }));
        await Task.WhenAll(work);

        Assert.Equal(32 * 200, count);
        Assert.Single(threads);
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, threads);
    }

    [Fact]
    public async Task Work_returns_its_outcome() => Assert.Equal(0, await _thread.Do(swarm => swarm.Clients.Count));

    [Fact]
    public async Task Work_that_throws_throws_where_it_is_awaited_and_the_thread_goes_on()
    {
        await Assert.ThrowsAsync<LoadException>(() => _thread.Do<int>(_ => throw new LoadException("no")));
        await Assert.ThrowsAsync<LoadException>(() => _thread.Until(_ => throw new LoadException("no"), Guard.Time));
        Assert.Equal(5, await _thread.Do(_ => 5));
    }

    [Fact]
    public async Task Wait_ends_once_other_work_has_made_its_condition_true()
    {
        var isSo = false;
        var wait = _thread.Until(_ => isSo, Guard.Time);
        await _thread.Do(_ => true);
        Assert.False(wait.IsCompleted);
        await _thread.Do(_ => isSo = true);
        Assert.True(await wait);
    }

    [Fact]
    public async Task Wait_whose_time_is_over_says_so() => Assert.False(await _thread.Until(_ => false, TimeSpan.FromMilliseconds(20)));

    [Fact]
    public async Task Wait_sees_what_comes_over_the_network()
    {
        var client = await _thread.Do(swarm => swarm.Connect(""));
        using var server = await Accept();
        var wait = _thread.Until(_ => client.IsReady, Guard.Time);
        await server.SendAsync("* pong ready\n"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.True(await wait);
    }

    [Fact]
    public async Task Dispose_cancels_what_is_awaited_and_whatever_comes_later()
    {
        var wait = _thread.Until(_ => false, Guard.Time);
        await _thread.Do(_ => true);
        _thread.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Guard.Time, TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _thread.Do(_ => 1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _thread.Until(_ => true, Guard.Time));
    }

    [Fact]
    public async Task Swarm_that_breaks_tells_everybody_who_waits()
    {
        var wait = _thread.Until(_ => false, Guard.Time);
        await _thread.Do(swarm =>
        {
            swarm.Connect("");
            swarm.ServerLine = (_, _) => throw new InvalidOperationException("broken");
            return true;
        });
        using var server = await Accept();
        await server.SendAsync("* hello\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(
            () => wait.WaitAsync(Guard.Time, TestContext.Current.CancellationToken))).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _thread.Do(_ => 1));
    }
}
