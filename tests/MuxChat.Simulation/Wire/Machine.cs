using MuxChat.Simulation.Lives;
using MuxChat.Simulation.Mistakes;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Wire;

/// <summary>What all parts of one simulated machine share: its clocks, what will happen, what goes wrong, and the record of it.</summary>
internal sealed class Machine(ulong seed, Faults faults, Trace trace)
{
    /// <summary>The parts of a run that draw from a generator of their own.</summary>
    public const int NetworkPart = 1;
    public const int ChannelPart = 2;
    public const int ClientPart = 3;
    public const int WorldPart = 4;
    public const int DiskPart = 5;
    public const int PastPart = 6;
    public const int DiskTroublePart = 7;
    public const int RepairPart = 8;
    public const int MistakePart = 9;
    public const int FailedOpenPart = 10;
    public const int PasswordPart = 11;
    public const int IrcExtraPart = 21;
    public const int FormatMistakePart = 22;
    public const int ModerationPart = 20;
    public const int WorkerPart = 23;
    public const int DatagramPart = 24;
    public const int LocalUserPart = 25;
    public const int CipherPart = 26;
    public const int FilePart = 27;
    public const int FileDiskPart = 28;
    public const int RunPart = 29;

    public ulong Seed => seed;

    public SimClock Clock { get; } = new();

    public Agenda Agenda { get; } = new();

    public Trace Trace => trace;

    public Milestones Milestones { get; } = new();

    /// <summary>What goes wrong at this moment.</summary>
    public Faults Faults { get; set; } = faults;

    public void Note(TraceKind kind, int client, long a, long b, string word, ReadOnlySpan<byte> bytes = default) =>
        trace.Step(kind, Clock.NowUs, client, a, b, word, bytes);

    /// <summary>Reads that moved a channel on which opens.</summary>
    public int OpeningSteps { get; set; }

    /// <summary>Makes the program throw.</summary>
    public Injector Injector { get; set; } = null!;

    /// <summary>How the server's process is to end, after so many more calls to the system; null for not yet.</summary>
    public LifeEnd? Death { get; set; }

    /// <summary>A call to the system begins: it may be the one at which the process ends.</summary>
    /// <exception cref="ServerDiedException">It does not come back.</exception>
    public void Die()
    {
        if (Death is { } death && death.Calls-- <= 0)
        {
            Death = death.Next;
            throw new ServerDiedException(death.Kind);
        }
    }

    /// <summary>Lets as much time go by as a call to the kernel takes.</summary>
    public void SpendCall(SeededRandom random)
    {
        if (Faults.MaxCallUs > 0)
        {
            Clock.Advance(random.Below(Faults.MaxCallUs + 1));
        }
    }
}
