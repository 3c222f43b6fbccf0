using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>The way to one client for its dialogue: besides events, bytes that the dialogue has encoded itself.</summary>
public interface IClientOutput : IRecipient, IDecoderAnswers
{
    /// <summary>
    /// What the client would be told of its own doing, by its rooms or directly, goes to another way until this is called with null. What others do, and
    /// a private message, whoever sent it, come as ever. One client at a time: within a command, or a part of an answer.
    /// </summary>
    void Divert(IRecipient? way);

    /// <summary>From now on events are encoded in these formats.</summary>
    void Use(IWireFormats formats);
}
