using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>IRC, counted.</summary>
internal sealed class CountedIrc(IrcProtocol inner, CommandCoverage coverage) : ICountedProtocol
{
    public CommandCoverage Coverage => coverage;

    public string Name => inner.Name;

    public bool PingsIdleClients => inner.PingsIdleClients;

    public IFraming Framing => inner.Framing;

    public IWireFormat FormatFor(int rooms) => inner.FormatFor(rooms);

    public bool Shows(EventKind kind) => ((IWireFormats)inner).Shows(kind);

    public IProtocolHandler Begin(IHandlerHost host) => new CountedHandler(inner.Begin(host), this);

    public ProtocolMatch DetectForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign) =>
        inner.DetectForeign(first, isCut, out foreign);

    // What is hidden in formatting is not counted: there are enough others.
    public int WordOf(ReadOnlySpan<byte> frame) =>
        IrcCommands.Find(IrcMessage.Parse(frame).Command) is { } command ? Array.IndexOf(IrcCommands.All, command) : -1;
}
