using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>Lines or frames, counted.</summary>
internal sealed class CountedCommandProtocol(ICommandProtocol inner, CommandCoverage coverage) : ICommandProtocol, ICountedProtocol
{
    private byte[] _copy = new byte[1024];

    public CommandCoverage Coverage => coverage;

    public string Name => inner.Name;

    public bool PingsIdleClients => inner.PingsIdleClients;

    public IFraming Framing => inner.Framing;

    public IWireFormat FormatFor(int rooms) => inner.FormatFor(rooms);

    public IProtocolHandler Begin(IHandlerHost host) => new CountedHandler(inner.Begin(host), this);

    public IQueryAnswers Answers => inner.Answers;

    public CommandResult Parse(Span<byte> frame, out Command command) => inner.Parse(frame, out command);

    public CommandResult Describe(DecodeStatus status) => inner.Describe(status);

    public ProtocolMatch DetectForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign) =>
        inner.DetectForeign(first, isCut, out foreign);

    public int WordOf(ReadOnlySpan<byte> frame)
    {
        if (_copy.Length < frame.Length)
        {
            _copy = new byte[frame.Length * 2];
        }

        // A parser may change what it is given.
        frame.CopyTo(_copy);
        if (frame.IsEmpty || !inner.Parse(_copy.AsSpan(0, frame.Length), out var command).IsOk)
        {
            return -1;
        }

        for (var word = 0; word < CommandTable.All.Length; word++)
        {
            if (CommandTable.All[word].Kind == command.Kind)
            {
                return word;
            }
        }

        return -1;
    }
}
