using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Uploads;

/// <summary>
/// Shares each file that a client sends in one room: the length of a header in four bytes, the header in JSON, then the bytes of the file.
/// The answer has the same form. See docs/FILES.md.
/// </summary>
/// <remarks>
/// The client takes no part in the chat. The room's members see a name that shows its address, such as <c>upload/192.0.2.7</c>.
/// </remarks>
/// <param name="room">The room's name; empty to share each file by its link alone.</param>
public sealed class UploadProtocol(byte[] room) : IProtocol
{
    private readonly Format _format = new(new UploadFraming());

    /// <inheritdoc/>
    public string Name => ProtocolTable.Upload;

    /// <inheritdoc/>
    public bool PingsIdleClients => false;

    /// <inheritdoc/>
    public IFraming Framing => _format.Framing;

    /// <summary>The room of every file.</summary>
    internal byte[] Room => room;

    /// <inheritdoc/>
    public IWireFormat FormatFor(int rooms) => _format;

    /// <inheritdoc/>
    public IProtocolHandler Begin(IHandlerHost host) => new UploadHandler(this, host);

    /// <summary>Shows errors alone, as an answer: to a client that is turned away on connecting.</summary>
    private sealed class Format(UploadFraming framing) : IWireFormat
    {
        public UploadFraming Framing => framing;

        public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
        {
            if (chatEvent.Kind == EventKind.Error)
            {
                framing.Begin(writer);
                writer.Put(UploadAnswer.Encode(file: null, link: [], chatEvent.Result.Message));
                framing.End(writer);
            }
        }

        public bool ShowsToActor(EventKind kind) => false;

        public bool IsOncePerPerson(EventKind kind) => false;
    }
}
