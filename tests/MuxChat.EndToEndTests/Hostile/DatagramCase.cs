using System.Text;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>One hostile sender of datagrams: what it sends, what comes back, and what the room of the alerts hears.</summary>
/// <param name="Name">Unique in the table.</param>
/// <param name="Listener">The scheme of a UDP listener of <see cref="HostileServer"/>.</param>
/// <param name="Datagrams">What it sends, in order.</param>
public sealed record DatagramCase(string Name, string Listener, byte[][] Datagrams)
{
    /// <summary>What must come back for each datagram that is answered, in order.</summary>
    public byte[][] Answers { get; init; } = [];

    /// <summary>The texts that must be said in the room of the alerts, in order.</summary>
    public string[] Said { get; init; } = [];

    /// <summary>How many sockets, and so ports, send the datagrams in turn.</summary>
    public int Senders { get; init; } = 1;

    /// <summary>Whether each sender is closed before its answer can come.</summary>
    public bool LeavesAtOnce { get; init; }

    /// <summary>Whether so much is sent that the kernel may drop some of it, in both directions.</summary>
    public bool IsFlood { get; init; }

    /// <summary>Cases of one kind differ in data alone.</summary>
    public string Kind =>
        $"{Listener}; {Datagrams.Length > 1}; {Answers.Length > 0}; {Said.Length}; {Senders > 1}; {LeavesAtOnce}; {IsFlood}";

    public static DatagramCase Of(string listener, string name, params string[] datagrams) =>
        new($"{listener} listener: {name}", listener, [.. datagrams.Select(Encoding.UTF8.GetBytes)]);

    public override string ToString() => Name;
}
