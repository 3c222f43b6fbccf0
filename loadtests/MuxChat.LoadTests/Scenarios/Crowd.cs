using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>Clients in rooms, some of whom speak: logs them in, tells each book what to expect, and measures while they talk.</summary>
internal sealed class Crowd
{
    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(120);

    private readonly List<LoadClient> _senders = [];
    private readonly List<int> _receivers = [];

    private Crowd(Swarm swarm, double loginSeconds)
    {
        Swarm = swarm;
        LoginSeconds = loginSeconds;
        Logins = LatencyFigures.Of(swarm.Logins);
    }

    public Swarm Swarm { get; }

    public double LoginSeconds { get; }

    /// <summary>How long each login took.</summary>
    public LatencyFigures Logins { get; }

    public IReadOnlyList<LoadClient> Senders => _senders;

    /// <summary>How many hear each sender's lines, in the same order.</summary>
    public IReadOnlyList<int> Receivers => _receivers;

    /// <summary>Logs clients in, client i into room i modulo the number of rooms; in each room the first ones speak.</summary>
    public static Crowd Login(Swarm swarm, int clients, int rooms, int sendersPerRoom)
    {
        var started = swarm.NowUs();
        var first = swarm.Clients.Count;
        swarm.Logins.Clear();
        swarm.Login(clients, i => $"/nick u{i}\n/join {RoomName((i - first) % rooms)}\n/part #lobby\n", LoginLimit);
        var crowd = new Crowd(swarm, (swarm.NowUs() - started) / 1e6);
        for (var room = 0; room < rooms; room++)
        {
            crowd.AddRoom([.. swarm.Clients.Skip(first).Where((_, i) => i % rooms == room)], sendersPerRoom);
        }

        return crowd;
    }

    /// <summary>
    /// More clients come into the first room and read no more from then on. Nobody counts on their getting anything, so what the others
    /// hear can be compared with what they heard before.
    /// </summary>
    public IReadOnlyList<LoadClient> AddStalled(int count)
    {
        const int SmallBufferBytes = 4096;
        var stalled = Swarm.Login(count, i => $"/nick u{i}\n/join {RoomName(0)}\n/part #lobby\n", LoginLimit, isAudited: false);
        foreach (var client in stalled)
        {
            client.Reads = false;
            client.Socket.ReceiveBufferSize = SmallBufferBytes;
            Swarm.UpdateInterest(client);
        }

        return stalled;
    }

    public Talk Talk(LoadSettings settings, double? rate = null) =>
        new(Swarm, _senders, _receivers, rate ?? settings.Rate, settings.Window);

    private static string RoomName(int number) => $"#load{number}";

    private void AddRoom(List<LoadClient> members, int senders)
    {
        var speaking = members.Take(senders).ToList();
        foreach (var sender in speaking)
        {
            _senders.Add(sender);
            _receivers.Add(members.Count - 1);
            foreach (var member in members.Where(member => member != sender))
            {
                member.Ledger.Expect(sender.Index, sender.NextNumber);
            }
        }
    }
}
