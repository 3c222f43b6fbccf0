using System.Text;
using MuxChat.Core.Delivery;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Datagrams;

/// <summary>
/// Somebody who sends datagrams: each action at its time, from a generator of its own. Some of them come one by one, some as a flood.
/// </summary>
internal sealed class DatagramSender
{
    private const int MaxFlood = 250;
    private const int LastSystemPort = 1_023;
    private const int LastPort = 65_535;

    private readonly SimWorld _world;
    private readonly SimDatagrams _datagrams;
    private int _texts;

    public DatagramSender(SimWorld world, SimDatagrams datagrams, int number)
    {
        var random = SeededRandom.For(world.Machine.Seed, Machine.DatagramPart, number + 1, -1);
        (_world, _datagrams, Number) = (world, datagrams, number);
        (Address, AddressText) = DatagramPlan.SomeAddress(random);
        var portRandom = SeededRandom.For(world.Machine.Seed, Machine.DatagramPart, number + 1, -2);
        IsService = portRandom.Chance(0.2);
        Port = IsService ? portRandom.Pick(1, 7, 53, LastSystemPort) : portRandom.Between(LastSystemPort + 1, LastPort);
        var atUs = 0L;
        for (var action = 0; action < datagrams.Plan.Actions; action++)
        {
            var index = action;
            atUs += random.Below(world.Plan.MaxPauseUs + 1);
            world.Machine.Agenda.Add(atUs, () => Act(index));
        }
    }

    public int Number { get; }

    public PeerAddress Address { get; }

    /// <summary>How its address is shown.</summary>
    public string AddressText { get; }

    public int Port { get; }

    /// <summary>Whether it may be another service, by its port: it is not to be answered.</summary>
    public bool IsService { get; }

    private void Act(int index)
    {
        if (_world.IsCalm)
        {
            return;
        }

        var random = SeededRandom.For(_world.Machine.Seed, Machine.DatagramPart, Number + 1, index);
        var count = random.Chance(0.7) ? 1 : random.Between(2, Math.Min(MaxFlood, 2 + (3 * _datagrams.Plan.PerSecond)));
        for (; count > 0; count--)
        {
            var isUpper = random.Chance(0.5);
            var listener = isUpper ? DatagramPlan.UpperListener : DatagramPlan.NotifyListener;
            _datagrams.Send(this, listener, isUpper ? SomeBytes(random) : SomeAlert(random), random);
        }
    }

    private byte[] SomeBytes(SeededRandom random)
    {
        switch (random.Below(20))
        {
            case < 4:
                return [];
            case < 6:
                return NoiseOf(random.Below(40), random);
            case 6:
                return NoiseOf(random.Pick(1_472, 3_000, 65_507), random);
            default:
                return Encoding.UTF8.GetBytes($"d{Number}.{_texts++} Grüße {(char)random.Between(' ', '~')}\n");
        }
    }

    private byte[] SomeAlert(SeededRandom random)
    {
        var text = random.Below(12) switch
        {
            0 => [],
            1 => "  \r\n"u8.ToArray(),
            2 => [0xC2, 0x85, .. NewText(" \u0007\u009b2J"), 0xFF, 0xE4, 0xB8],
            3 => NewText(new string('世', _world.Plan.Chat.TextBytes / 3)),
            4 => NewText(new string('.', _world.Plan.Chat.TextBytes - 12 + random.Below(20))),
            5 => NewText("\r\n<alice> no\n"),
            _ => NewText(random.Pick("", " backup done", "  two  spaces", "\ttab", " * guest-1 left #lobby", " 👋\r\n")),
        };
        var key = _datagrams.Plan.Key;
        return random.Below(10) switch
        {
            0 => text,
            1 => [.. Encoding.UTF8.GetBytes(key + "x "), .. text],
            2 when text.Length == 0 => Encoding.UTF8.GetBytes(key),
            _ when key.Length == 0 => text,
            _ => [.. Encoding.UTF8.GetBytes(key + " "), .. text],
        };
    }

    // No client says it.
    private byte[] NewText(string words) => Encoding.UTF8.GetBytes($"d{Number}.{_texts++}{words}");

    private static byte[] NoiseOf(int length, SeededRandom random)
    {
        var noise = new byte[length];
        foreach (ref var one in noise.AsSpan())
        {
            one = (byte)random.Next();
        }

        return noise;
    }
}
