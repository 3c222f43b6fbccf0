using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Mistakes;

/// <summary>What a dialogue works with; answering throws now and then.</summary>
internal sealed class SpoiltHost(IHandlerHost inner, Link link, Injector injector) : IHandlerHost
{
    public ChatHub Hub => inner.Hub;

    public TickClock Clock => inner.Clock;

    public IClientOutput Output => inner.Output;

    public ServerPassword? Password => inner.Password;

    public void Answer(Session? session, ReadOnlySpan<byte> id, in CommandResult result)
    {
        injector.Throw(MistakeKind.AnswerBefore, link);
        inner.Answer(session, id, result);
        injector.Throw(MistakeKind.AnswerAfter, link);
    }
}
