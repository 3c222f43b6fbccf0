using MuxChat.LoadTests.Scenarios;

namespace MuxChat.LoadTests.Bridge;

/// <summary>Clients in one room. Any task may have one of them speak and await that all others have heard it.</summary>
internal sealed class LiveRoom
{
    private readonly LiveSwarm _live;
    private readonly Crowd _crowd;
    private int _turn;

    private LiveRoom(LiveSwarm live, Crowd crowd)
    {
        _live = live;
        _crowd = crowd;
    }

    /// <summary>Logs the clients in.</summary>
    /// <exception cref="LoadException">They did not get in.</exception>
    public static Task<LiveRoom> Open(LiveSwarm live, int clients, int senders) =>
        live.Thread.Do(swarm => new LiveRoom(live, Crowd.Login(swarm, clients, 1, senders)));

    /// <summary>A sender says its next line.</summary>
    /// <param name="sender">Which one, from 0; past the last one it begins again. Null: the senders speak in turn.</param>
    public Task<Hearing> Say(int? sender = null) => _live.Hearings.Say(() =>
    {
        var turn = (sender ?? _turn++) % _crowd.Senders.Count;
        return (_crowd.Senders[turn], _crowd.Receivers[turn]);
    });

    /// <summary>More clients come who do not read; nobody waits for them. Call it while nobody speaks.</summary>
    public Task<int> AddStalled(int count) => _live.Thread.Do(_ => _crowd.AddStalled(count).Count);
}
