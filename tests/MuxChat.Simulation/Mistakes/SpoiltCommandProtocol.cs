using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Clients.Irc;

namespace MuxChat.Simulation.Mistakes;

/// <summary>Lines or frames, whose parser throws as well.</summary>
internal sealed class SpoiltCommandProtocol(ICommandProtocol inner, Injector injector, NickLog? nicks)
    : SpoiltProtocol(inner, injector, nicks), ICommandProtocol
{
    IProtocolHandler IProtocol.Begin(IHandlerHost host) => Begin(host);

    public IQueryAnswers Answers { get; } = new SpoiltAnswers(inner.Answers, injector);

    public CommandResult Parse(Span<byte> frame, out Command command)
    {
        Injector.Throw(MistakeKind.Parse, Injector.Serving!);
        return inner.Parse(frame, out command);
    }

    public CommandResult Describe(DecodeStatus status) => inner.Describe(status);

    // With this as its protocol, so that its parser is asked.
    protected override IProtocolHandler BeginInner(IHandlerHost host) =>
        host.Password is null ? new CommandHandler(this, host) : new PasswordHandler(this, host, host.Password);
}
