using MuxChat.LoadTests.Clients;

namespace MuxChat.LoadTests.Bridge;

/// <summary>
/// Which lines are on their way, and who has still to hear them. All of it happens on the swarm's thread but
/// <see cref="Say"/>, which any task may call.
/// </summary>
internal sealed class Hearings(SwarmThread thread)
{
    /// <summary>How long a line is awaited: 10 s. The audit tells afterwards whether it was lost or late.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(int Sender, int Number), Spoken> _onTheWay = [];

    /// <summary>Listens to the swarm. On the swarm's thread, once.</summary>
    public Hearings Attach(Swarm swarm)
    {
        swarm.Heard = Note;
        return this;
    }

    /// <summary>Has a client speak, and awaits that all have heard it. The line is due at the moment of the call.</summary>
    /// <param name="next">Says on the swarm's thread who speaks, and how many are to hear it.</param>
    public async Task<Hearing> Say(Func<(LoadClient Sender, int Receivers)> next)
    {
        var dueUs = thread.NowUs();
        (int Sender, int Number) key = default;
        var spoken = await thread.Do(swarm =>
        {
            var (sender, receivers) = next();
            var line = new Spoken { Receivers = receivers };
            key = (sender.Index, sender.NextNumber);
            if (receivers > 0)
            {
                _onTheWay.Add(key, line);
            }

            swarm.Say(sender, dueUs);
            return line;
        });
        var isComplete = await thread.Until(_ => spoken.Heard >= spoken.Receivers, Limit)
            || !await thread.Do(_ => _onTheWay.Remove(key));
        return new Hearing(isComplete, spoken.Heard, Math.Max(0, spoken.HeardByAllUs - dueUs) / 1000.0);
    }

    /// <summary>Awaits that nothing is on its way any more.</summary>
    public Task<bool> Drain() => thread.Until(_ => _onTheWay.Count == 0, Limit);

    private void Note(int sender, int number)
    {
        if (_onTheWay.TryGetValue((sender, number), out var spoken) && ++spoken.Heard == spoken.Receivers)
        {
            spoken.HeardByAllUs = thread.NowUs();
            _onTheWay.Remove((sender, number));
        }
    }

    private sealed class Spoken
    {
        public required int Receivers { get; init; }

        public int Heard { get; set; }

        public long HeardByAllUs { get; set; }
    }
}
