using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Scenarios;

namespace MuxChat.LoadTests.Bridge;

/// <summary>
/// Clients in one room. Any task may have one of them speak and await that all others have heard it; the room is audited when it is closed.
/// </summary>
internal sealed class LiveRoom
{
    private readonly SwarmThread _thread;
    private readonly Crowd _crowd;
    private readonly Hearings _hearings;
    private int _turn;

    private LiveRoom(SwarmThread thread, Crowd crowd)
    {
        _thread = thread;
        _crowd = crowd;
        _hearings = new Hearings(thread);
    }

    /// <summary>Logs the clients in.</summary>
    /// <exception cref="LoadException">They did not get in.</exception>
    public static Task<LiveRoom> Open(SwarmThread thread, int clients, int senders) => thread.Do(swarm =>
    {
        var room = new LiveRoom(thread, Crowd.Login(swarm, clients, 1, senders, progress: null));
        room._hearings.Attach(swarm);
        return room;
    });

    /// <summary>The senders speak in turn: the next one says its next line.</summary>
    public Task<Hearing> Say() => _hearings.Say(() =>
    {
        var turn = _turn++ % _crowd.Senders.Count;
        return (_crowd.Senders[turn], _crowd.Receivers[turn]);
    });

    /// <summary>The last clients stop reading; nobody waits for them from now on. Call it while nobody speaks.</summary>
    public Task<int> Stall(int count) => _thread.Do(_ => _crowd.Stall(count).Count);

    /// <summary>Waits for what is on its way, closes the books, and returns what they say. Once.</summary>
    public async Task<AuditCounts> Close()
    {
        await _hearings.Drain();
        return await _thread.Do(swarm =>
        {
            swarm.CloseLedgers();
            return swarm.Counts with { };
        });
    }
}
