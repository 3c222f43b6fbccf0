using MuxChat.Core.Loop;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Datagrams;

namespace MuxChat.Simulation.Wire;

/// <content>Listeners of datagrams.</content>
internal sealed partial class SimNetwork
{
    public IDatagramChannel? DatagramsOf(int listener) => _listeners[listener].Datagrams;

    /// <summary>A listener takes datagrams, in every life of the server.</summary>
    public void Bind(int listener, SimDatagramSocket socket) => _listeners[listener].Datagrams = socket;

    /// <summary>Every call on a socket for datagrams begins here.</summary>
    public void BeginDatagramCall(SeededRandom random)
    {
        CountCall(random);
        Fail(AreListenersClosed, CheckNames.Doomed, "a socket for datagrams was used after it was closed");
    }
}
