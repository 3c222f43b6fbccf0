using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Clients.Irc;

namespace MuxChat.Simulation.Mistakes;

/// <summary>
/// A handler that throws now and then: before or after a frame, within a long answer, when it is asked for its patience.
/// </summary>
internal sealed class SpoiltHandler(IProtocolHandler inner, Link link, SpoiltProtocol protocol, Injector injector, NickLog? nicks)
    : IProtocolHandler
{
    public Session? Session => inner.Session;

    public bool HasMore => inner.HasMore;

    public bool IsAnswerReady => inner.IsAnswerReady;

    public bool TakesUnfinished => inner.TakesUnfinished;

    public long DeadlineMs => inner.DeadlineMs;

    public int PatienceMs
    {
        get
        {
            injector.Throw(MistakeKind.Patience, link);
            return inner.PatienceMs;
        }
    }

    public void NoteUnfinished() => inner.NoteUnfinished();

    public bool TryPassDeadline() => inner.TryPassDeadline();

    public bool TryEndInput() => inner.TryEndInput();

    public void Abandon() => inner.Abandon();

    public FrameResult HandleFrame(Span<byte> frame)
    {
        injector.Throw(MistakeKind.HandleBefore, link);
        injector.Serving = link;
        link.NoteHandled(frame);
        nicks?.Begin(link, frame);
        try
        {
            var result = inner.HandleFrame(frame);
            nicks?.CarriedOut(link.World.Hub);
            protocol.SpoilFormatsOf(link);
            injector.Throw(MistakeKind.HandleAfter, link);
            ThrowBeforeAnswer(result);
            return result;
        }
        finally
        {
            injector.Serving = null;
            nicks?.End();
        }
    }

    public void Release() => inner.Release();

    public FrameResult Refuse(DecodeStatus status)
    {
        injector.Throw(MistakeKind.HandleBefore, link);
        link.NoteRefused();
        var result = inner.Refuse(status);
        ThrowBeforeAnswer(result);
        return result;
    }

    public FrameResult WriteMore()
    {
        injector.Throw(MistakeKind.WriteMore, link);
        injector.Serving = link;
        try
        {
            var result = inner.WriteMore();

            // A part of a file is a sign of life: its client has read what came before it.
            if (result.IsFile)
            {
                link.Backlog.LastInputMs = link.Backlog.FilePartMs = link.World.Clock.NowMs;
            }

            ThrowBeforeAnswer(result);
            return result;
        }
        finally
        {
            injector.Serving = null;
        }
    }

    private void ThrowBeforeAnswer(in FrameResult result)
    {
        if (result.HasAnswer)
        {
            injector.Throw(MistakeKind.AnswerBefore, link);
        }
    }
}
