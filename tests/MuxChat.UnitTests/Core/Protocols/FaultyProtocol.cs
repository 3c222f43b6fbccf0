using System.Text;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Line;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>
/// Lines, with mistakes of the program in them: a word in a line makes it throw a <see cref="FaultException"/> where that word says.
/// </summary>
internal sealed class FaultyProtocol : IProtocol
{
    /// <summary>Thrown before the line is carried out.</summary>
    public const string Before = "fault-before";

    /// <summary>Thrown after it was carried out.</summary>
    public const string After = "fault-after";

    /// <summary>Thrown where the event is encoded for those who read lines.</summary>
    public const string InFormat = "fault-in-format";

    private readonly LineProtocol _line = new();
    private readonly Dictionary<IWireFormat, IWireFormat> _formats = [];

    public string Name => _line.Name;

    /// <summary>The next client that comes meets a mistake.</summary>
    public bool FailsToBegin { get; set; }

    /// <summary>Every look at deadlines meets a mistake.</summary>
    public bool FailsAtDeadlines { get; set; }

    public bool PingsIdleClients => FailsAtDeadlines ? throw new FaultException() : _line.PingsIdleClients;

    public IFraming Framing => _line.Framing;

    public IProtocolHandler Begin(IHandlerHost host)
    {
        FaultException.ThrowIf(FailsToBegin);
        return new FaultyHandler(((IProtocol)_line).Begin(host));
    }

    public IWireFormat FormatFor(int rooms)
    {
        var format = _line.FormatFor(rooms);
        if (!_formats.TryGetValue(format, out var faulty))
        {
            _formats.Add(format, faulty = new Format(format));
        }

        return faulty;
    }

    private sealed class FaultyHandler(IProtocolHandler inner) : IProtocolHandler
    {
        public Session? Session => inner.Session;

        public int PatienceMs => inner.PatienceMs;

        public bool HasMore => inner.HasMore;

        public bool IsAnswerReady => inner.IsAnswerReady;

        public FrameResult HandleFrame(Span<byte> frame)
        {
            var text = Encoding.UTF8.GetString(frame);
            FaultException.ThrowIf(text.Contains(Before, StringComparison.Ordinal));
            var result = inner.HandleFrame(frame);
            FaultException.ThrowIf(text.Contains(After, StringComparison.Ordinal));
            return result;
        }

        public FrameResult Refuse(DecodeStatus status) => inner.Refuse(status);

        public FrameResult WriteMore() => inner.WriteMore();
    }

    private sealed class Format(IWireFormat inner) : IWireFormat
    {
        public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
        {
            writer.Put("half a "u8);
            FaultException.ThrowIf(chatEvent.Text.IndexOf(Encoding.UTF8.GetBytes(InFormat)) >= 0);
            writer.Discard();
            inner.Encode(chatEvent, writer);
        }

        public bool ShowsToActor(EventKind kind) => inner.ShowsToActor(kind);

        public bool IsOncePerPerson(EventKind kind) => inner.IsOncePerPerson(kind);
    }
}
