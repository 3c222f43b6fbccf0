using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols;

/// <summary>The way to one client for its dialogue: besides events, bytes that the dialogue has encoded itself.</summary>
public interface IClientOutput : IRecipient
{
    /// <summary>Queues bytes as they are, behind everything that the client's rooms have been told before.</summary>
    void Send(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// What the client would be told of its own doing, by its rooms or directly, goes to another way until this is called with null. What others do, and
    /// a private message, whoever sent it, come as ever. One client at a time: within a command, or a part of an answer.
    /// </summary>
    void Divert(IRecipient? way);

    /// <summary>From now on events are encoded in these formats.</summary>
    void Use(IWireFormats formats);
}
