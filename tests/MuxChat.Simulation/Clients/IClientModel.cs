using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// How one kind of client talks: what it writes for a request, how it reads, and what it is shown. Written from the protocol's description,
/// without any of the server's parsers.
/// </summary>
internal interface IClientModel
{
    /// <summary>The protocol's name, as the server names it.</summary>
    string Protocol { get; }

    /// <summary>The listener for this protocol alone.</summary>
    int Listener { get; }

    /// <summary>The bytes of a request.</summary>
    byte[] Compose(Intent intent, SimPlan plan, SeededRandom random);

    /// <summary>A reader for one connection.</summary>
    IView CreateView(Link link);

    /// <summary>Whether the one who did it is shown the event.</summary>
    bool ShowsToActor(EventKind kind, Link actor);

    /// <summary>Whether who shares several rooms with the one who did it is told once.</summary>
    bool IsOncePerPerson(EventKind kind);
}
