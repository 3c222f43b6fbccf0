using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Datagrams;

/// <summary>
/// All about datagrams in one run: the server's two sockets, the senders, and the way between them, on which datagrams are lost, doubled,
/// late and out of order.
/// </summary>
internal sealed class SimDatagrams
{
    private readonly SimWorld _world;
    private readonly SeededRandom _random;
    private readonly SimDatagramSocket[] _sockets;
    private readonly DatagramSender[] _senders;
    private long _arrived;

    public SimDatagrams(SimWorld world, DatagramPlan plan)
    {
        (_world, Plan) = (world, plan);
        var machine = world.Machine;
        _random = SeededRandom.For(machine.Seed, Machine.DatagramPart, 0, 1);
        _sockets = [.. Listeners.Select(listener => new SimDatagramSocket(
            this, world.Network, machine, listener, SeededRandom.For(machine.Seed, Machine.DatagramPart, 0, listener)))];
        foreach (var (socket, listener) in _sockets.Zip(Listeners))
        {
            world.Network.Bind(listener, socket);
        }

        _senders = [.. Enumerable.Range(0, plan.Senders).Select(number => new DatagramSender(world, this, number))];
    }

    public DatagramPlan Plan { get; }

    /// <summary>What goes wrong at this moment.</summary>
    public DatagramFaults Faults => _world.IsCalm ? DatagramFaults.None : Plan.Faults;

    /// <summary>Looks at what the server does; null before there is one.</summary>
    public DatagramsCheck? Check => _world.Life?.Datagrams;

    private static int[] Listeners => [DatagramPlan.UpperListener, DatagramPlan.NotifyListener];

    /// <summary>The services of one life of the server, by listener.</summary>
    public IDatagramService?[] Services(ChatHub hub)
    {
        var settings = new DatagramSettings(hub, Encoding.UTF8.GetBytes(Plan.Room), Encoding.UTF8.GetBytes(Plan.Key));
        var services = new IDatagramService?[_world.Network.ListenerCount];
        services[DatagramPlan.UpperListener] = DatagramTable.Create("upper", settings);
        services[DatagramPlan.NotifyListener] = DatagramTable.Create(DatagramTable.Notify, settings);
        return services;
    }

    /// <summary>The place of the datagram that arrives next.</summary>
    public long NextNumber() => _arrived++;

    /// <summary>A datagram goes to the server.</summary>
    public void Send(DatagramSender from, int listener, byte[] content, SeededRandom random)
    {
        var socket = _sockets[Array.IndexOf(Listeners, listener)];
        Travel(random, () => socket.Arrive(from, content));
    }

    /// <summary>An answer goes to the sender of a datagram.</summary>
    public void SendBack(DatagramSender to, byte[] answer) => Travel(_random, () =>
    {
        _world.Machine.Milestones.Note(Milestone.DatagramAnswersArrived);
        _world.Machine.Note(TraceKind.Read, -1, to.Number, answer.Length, "sender {0} is answered by {1} bytes");
    });

    /// <summary>The faults are over, and each sender sends once more: that must be read.</summary>
    public void CalmDown()
    {
        foreach (var socket in _sockets)
        {
            socket.CalmDown();
        }

        foreach (var sender in _senders)
        {
            Send(sender, DatagramPlan.UpperListener, Encoding.ASCII.GetBytes($"d{sender.Number}.last"), _random);
        }
    }

    /// <summary>Whether something waits to be read.</summary>
    public bool HasWaiting => Array.Exists(_sockets, static socket => socket.IsReadable);

    private void Travel(SeededRandom random, Action arrive)
    {
        var faults = Faults;
        for (var copies = random.Chance(faults.Doubled) ? 2 : 1; copies > 0; copies--)
        {
            if (!random.Chance(faults.Lost))
            {
                _world.Machine.Agenda.Add(_world.Machine.Clock.NowUs + random.Below(faults.MaxDelayUs + 1), arrive);
            }
        }
    }
}
