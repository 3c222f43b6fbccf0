using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Bridge;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>What a framework's scenarios do, from many tasks at once, against a real server.</summary>
public sealed class LiveTests(LineServer server) : IClassFixture<LineServer>
{
    private const int Payload = 64;

    [Fact]
    public async Task Room_in_which_many_tasks_speak_delivers_every_line_to_all_others()
    {
        using var live = new LiveSwarm(server.Process.EndPoint("line"), Payload);
        var room = await LiveRoom.Open(live, clients: 12, senders: 3);
        var hearings = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => SayOften(() => room.Say(), 50))));

        Assert.All(hearings.SelectMany(some => some),
            hearing => Assert.True(hearing is { IsComplete: true, Heard: 11, LatencyMs: > 0 }, $"{hearing}"));
        Assert.Equal(new AuditCounts { Delivered = 16 * 50 * 11 }, await live.Close());
    }

    [Fact]
    public async Task Room_some_of_whom_stopped_reading_waits_for_the_others_only()
    {
        using var live = new LiveSwarm(server.Process.EndPoint("line"), Payload);
        var room = await LiveRoom.Open(live, clients: 8, senders: 3);
        Assert.Equal(4, await room.AddStalled(4));
        var hearings = await SayOften(() => room.Say(), 30);

        Assert.All(hearings, hearing => Assert.True(hearing is { IsComplete: true, Heard: 7 }, $"{hearing}"));
        Assert.Equal(new AuditCounts { Delivered = 30 * 7 }, await live.Close());
    }

    [Fact]
    public async Task Room_behind_a_mangling_proxy_tells_its_audit()
    {
        var mangler = new Mangler(Mangling.Repeat, every: 100, seed: 5);
        await using var proxy = new ManglingProxy(server.Process.EndPoint("line"), mangler);
        using var live = new LiveSwarm(proxy.EndPoint, Payload);
        var room = await LiveRoom.Open(live, clients: 11, senders: 1);
        await SayOften(() => room.Say(), 100);
        var audit = await live.Close();

        Assert.Equal(10, mangler.Mangled);
        Assert.True(audit.Duplicated > 0 && !audit.IsClean, $"{audit}");
    }

    [Fact]
    public async Task Churn_from_many_tasks_is_seen_whole_by_the_watchers()
    {
        using var live = new LiveSwarm(server.Process.EndPoint("line"), Payload);
        var churn = await LiveChurn.Open(live);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ComeAndGo(churn, 6))));

        Assert.Equal(new AuditCounts { Delivered = 8 * 6 * 5 }, await live.Close());
    }

    [Fact]
    public async Task Room_in_which_a_sender_is_named_has_that_one_speak()
    {
        using var live = new LiveSwarm(server.Process.EndPoint("line"), Payload);
        var room = await LiveRoom.Open(live, clients: 6, senders: 3);
        foreach (var sender in (int[])[1, 1, 2, 4])
        {
            await room.Say(sender);
        }

        var said = await live.Thread.Do(swarm => swarm.Clients.Select(client => client.NextNumber).ToArray());
        Assert.Equal([0, 3, 1, 0, 0, 0], said);
    }

    [Fact]
    public async Task Room_and_churn_of_one_swarm_have_one_audit()
    {
        using var live = new LiveSwarm(server.Process.EndPoint("line"), Payload);
        var room = await LiveRoom.Open(live, clients: 4, senders: 2);
        var churn = await LiveChurn.Open(live);
        await Task.WhenAll(SayOften(() => room.Say(), 20), ComeAndGo(churn, 3));

        Assert.Equal(new AuditCounts { Delivered = (20 * 3) + (3 * 5) }, await live.Close());
        Assert.Same(live.Close(), live.Close());
    }

    [Fact]
    public async Task Faults_are_told_once()
    {
        var mangler = new Mangler(Mangling.Repeat, every: 20, seed: 5);
        await using var proxy = new ManglingProxy(server.Process.EndPoint("line"), mangler);
        using var live = new LiveSwarm(proxy.EndPoint, Payload);
        var room = await LiveRoom.Open(live, clients: 5, senders: 1);
        var told = 0L;
        for (var i = 0; i < 50; i++)
        {
            await room.Say();
            told += (await live.NewFaults()).Duplicated;
        }

        told += (await live.NewFaults()).Duplicated;
        Assert.True(told > 0, $"{mangler.Mangled} lines were repeated");
        Assert.Equal(told, (await live.Close()).Duplicated);
        Assert.True((await live.NewFaults()).IsClean);
    }

    private static async Task<List<Hearing>> SayOften(Func<Task<Hearing>> say, int times)
    {
        var hearings = new List<Hearing>();
        for (var i = 0; i < times; i++)
        {
            hearings.Add(await say());
        }

        return hearings;
    }

    private static async Task ComeAndGo(LiveChurn churn, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var client = await churn.Come();
            Assert.NotNull(client);
            Assert.True(await churn.Say(client) is { IsComplete: true, Heard: 5 });
            Assert.True(await churn.Leave(client));
        }
    }
}
