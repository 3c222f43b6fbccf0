namespace MuxChat.Core.Reactor;

/// <summary>A byte endpoint: a socket, or the simulation of one. It knows no protocol, never blocks, and never throws for what a peer does.</summary>
public interface IChannel : IPeer
{
    /// <summary>Reads what is there, at most the buffer's length.</summary>
    ChannelStatus Receive(Span<byte> buffer, out int received);

    /// <summary>Writes as much as can be taken at once.</summary>
    ChannelStatus Send(ReadOnlySpan<byte> bytes, out int sent);

    /// <summary>Says that nothing more will be sent; what was sent still arrives.</summary>
    void ShutdownSend();
}
