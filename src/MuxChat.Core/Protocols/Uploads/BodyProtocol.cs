using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Uploads;

/// <summary>
/// The protocol of a connection while it sends the bytes of one file: raw bytes, up to a length that was announced before.
/// </summary>
/// <remarks>One object serves one body. The store paces its client, which is not read while its bytes wait for the disk.</remarks>
/// <param name="outer">The protocol that announced the body. Errors are in its format.</param>
/// <param name="length">The bytes of the body: 1 or more.</param>
/// <param name="upload">The upload that gets the bytes; null to drop them.</param>
/// <param name="owner">Answers the client.</param>
internal sealed class BodyProtocol(IProtocol outer, long length, Upload? upload, IBodyOwner owner) : IProtocol
{
    public string Name => outer.Name;

    public bool PingsIdleClients => false;

    public IFraming Framing { get; } = new BodyFraming(length);

    public IWireFormat FormatFor(int rooms) => outer.FormatFor(rooms);

    public IProtocolHandler Begin(IHandlerHost host) => new BodyHandler(host, length, upload, owner);
}

/// <summary>Answers a body in the protocol that announced it.</summary>
internal interface IBodyOwner
{
    /// <summary>The protocol after the body; null if the answer closes the connection.</summary>
    IProtocol? Next { get; }

    /// <summary>Whether a failure is answered at once. If not, the rest of the body is dropped first.</summary>
    bool EndsAtFailure { get; }

    /// <summary>Writes the answer.</summary>
    /// <param name="result">The outcome of the upload.</param>
    FrameResult End(CommandResult result);
}
