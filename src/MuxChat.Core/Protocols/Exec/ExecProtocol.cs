using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Protocols.Exec;

/// <summary>
/// Runs the admin's programs for scripts: a line asks, and a header and the output answer. It has no part in the chat. See
/// docs/COMMANDS.md.
/// </summary>
/// <remarks>It asks for no login, so the admin decides who reaches its listener. The answer to a web browser is that of the chat.</remarks>
public sealed class ExecProtocol : IProtocol
{
    /// <summary>The scheme of its listen URIs.</summary>
    public const string Scheme = "exec";

    private readonly Format _format;

    /// <summary>Creates the protocol.</summary>
    /// <param name="limits">The longest line.</param>
    /// <param name="header">The length before each header.</param>
    public ExecProtocol(Replaceable<FrameLimits> limits, LengthHeader header)
    {
        Header = header;
        Framing = new LineFraming(limits, "\n"u8, knowsTelnet: false);
        _format = new Format(header);
    }

    /// <inheritdoc/>
    public string Name => Scheme;

    /// <inheritdoc/>
    public bool PingsIdleClients => false;

    /// <inheritdoc/>
    public IFraming Framing { get; }

    /// <summary>The length before each header.</summary>
    internal LengthHeader Header { get; }

    /// <inheritdoc/>
    public IWireFormat FormatFor(int rooms) => _format;

    /// <inheritdoc/>
    public IProtocolHandler Begin(IHandlerHost host) => new ExecHandler(this, host);

    /// <inheritdoc/>
    public ProtocolMatch DetectForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign) =>
        ForeignProtocols.Detect(Framing, first, Framing.MaxBytes, isCut, out foreign);

    /// <summary>Shows an error outside an answer, as a header of its own: to a client that is turned away.</summary>
    private sealed class Format(LengthHeader header) : IWireFormat
    {
        public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
        {
            if (chatEvent.Kind == EventKind.Error)
            {
                writer.Put(ExecHeader.Refuse(header, chatEvent.Result.Message));
            }
        }

        public bool ShowsToActor(EventKind kind) => false;

        public bool IsOncePerPerson(EventKind kind) => false;
    }
}
