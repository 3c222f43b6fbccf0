using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols;

/// <summary>The way to one client for its dialogue: besides events, bytes that the dialogue has encoded itself.</summary>
public interface IClientOutput : IRecipient
{
    /// <summary>Queues bytes as they are, behind everything that the client's rooms have been told before.</summary>
    void Send(ReadOnlySpan<byte> bytes);

    /// <summary>From now on events are encoded in these formats.</summary>
    void Use(IWireFormats formats);
}
