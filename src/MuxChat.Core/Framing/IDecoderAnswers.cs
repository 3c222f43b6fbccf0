namespace MuxChat.Core.Framing;

/// <summary>Takes what a decoder answers by itself: telnet clients wait for answers to their requests. Owned by the connection.</summary>
public interface IDecoderAnswers
{
    /// <summary>Queues bytes for the client as they are, after everything that its rooms have been told before.</summary>
    void Send(ReadOnlySpan<byte> bytes);
}
