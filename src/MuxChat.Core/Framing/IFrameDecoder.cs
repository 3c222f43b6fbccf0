namespace MuxChat.Core.Framing;

/// <summary>
/// Cuts a stream of bytes into frames, for one connection. It owns no bytes: it is given all that are pending, each time from the first one not consumed.
/// </summary>
/// <remarks>
/// Contract: any way of cutting the same stream into pieces gives the same frames; the decoder remembers how far it has looked and looks at no byte twice;
/// it never throws, whatever it is given. A caller goes on while an answer has a frame or consumed something.
/// </remarks>
public interface IFrameDecoder
{
    /// <summary>
    /// Looks for one frame at the front of <paramref name="pending"/>, which begins with the bytes that the call before left unconsumed.
    /// The decoder may change the bytes in place (telnet negotiation is cut out of lines).
    /// </summary>
    Decoded Decode(Span<byte> pending);
}
