using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>
/// Which protocol one client speaks: found in its first bytes, or chosen for a silent client. It may change while the client lives, and
/// everything that belongs to one protocol changes with it.
/// </summary>
/// <remarks>
/// A part of one client's <see cref="ProtocolConnection"/>. Invariant: there is a decoder and a handler as soon as there is a protocol.
/// </remarks>
internal sealed class SpokenProtocol(ClientContext context, IHandlerHost host, Recipient recipient)
{
    private bool _isTakenForPerson;
    private bool _hasSpoken;
    private IdleTimer _idle = new(context.Clock.NowMs);

    /// <summary>The protocol; null before it is known.</summary>
    public IProtocol? Current { get; private set; }

    /// <summary>Cuts what comes in; null before the protocol is known.</summary>
    public IFrameDecoder? Decoder { get; private set; }

    /// <summary>Carries the frames out; null before the protocol is known.</summary>
    public IProtocolHandler? Handler { get; private set; }

    /// <summary>What the client will speak, once all answers in the present protocol are given; null for no change.</summary>
    public IProtocol? Next { get; set; }

    /// <summary>When something is to be done if the client stays silent; <see cref="long.MaxValue"/> for never.</summary>
    public long IdleMs => _idle.NextMs(Current, Handler, context.Limits);

    /// <summary>Whether the client was asked whether it is there, and has said nothing since.</summary>
    public bool IsPinged => _idle.IsPinged;

    /// <summary>Says that bytes came in, whatever they hold.</summary>
    public void NoteInput() => _idle.NoteInput(context.Clock.NowMs);

    /// <summary>Says that the client is asked whether it is there.</summary>
    public void NotePing() => _idle.NotePing();

    /// <summary>
    /// Changes to a protocol: the one way to do so, whatever the reason. A session that the client had leaves its rooms, and bytes that
    /// were not taken are for the new decoder.
    /// </summary>
    public void Change(IProtocol next)
    {
        if (Handler?.Session is { IsGone: false } session)
        {
            context.Hub.Disconnect(session, $"switched to {next.Name}");
        }

        if (Current is not null)
        {
            // It has as long to log in as a client that has just come.
            _idle = new IdleTimer(context.Clock.NowMs);
        }

        (Next, _isTakenForPerson, _hasSpoken) = (null, false, false);
        Current = next;
        Decoder = next.Framing.CreateDecoder(recipient);
        recipient.SetProtocol(next);
        Handler = next.Begin(host);
    }

    /// <summary>A client that stays silent is a person at a terminal, unless its first bytes show something else after all.</summary>
    public void TakeForPerson()
    {
        Change(context.Detector.Fallback);
        _isTakenForPerson = true;
    }

    /// <summary>Finds out what the client speaks, as far as its bytes show.</summary>
    /// <param name="pending">All bytes not consumed so far: at least one.</param>
    /// <param name="foreign">What it speaks when that is no chat protocol.</param>
    public Recognition Recognise(ReadOnlySpan<byte> pending, out ForeignProtocol foreign)
    {
        if (Current is null)
        {
            foreign = ForeignProtocol.None;
            return context.Detector.Detect(pending) is { } found ? Admit(found, pending, out foreign) : Recognition.Unknown;
        }

        if (_isTakenForPerson && pending[0] is not ((byte)'\r' or (byte)'\n') && !HasShownItself(pending))
        {
            foreign = ForeignProtocol.None;
            return Recognition.Unknown;
        }

        return IsForeign(pending, isCut: false, out foreign) ? Recognition.Foreign : Recognition.Known;
    }

    /// <summary>
    /// Whether the client turns out to speak no chat protocol. Asked before its first line is cut out, and once more when it is: there may
    /// have been telnet commands in it.
    /// </summary>
    /// <param name="first">The bytes, or the frame.</param>
    /// <param name="isCut">Whether it is a frame.</param>
    /// <param name="foreign">What it speaks, when the answer is yes.</param>
    public bool IsForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign)
    {
        foreign = ForeignProtocol.None;
        return !_hasSpoken && Current!.DetectForeign(first, isCut, out foreign) == ProtocolMatch.Yes;
    }

    /// <summary>Says that the client has said something in its protocol.</summary>
    public void NoteSpoken() => _hasSpoken = true;

    // Before there is a session, so that no room hears of a foreign client on auto.
    private Recognition Admit(IProtocol found, ReadOnlySpan<byte> pending, out ForeignProtocol foreign)
    {
        switch (found.DetectForeign(pending, isCut: false, out foreign))
        {
            case ProtocolMatch.Yes:
                return Recognition.Foreign;
            case ProtocolMatch.Unsure:
                return Recognition.Unknown;
            default:
                Change(found);
                return Recognition.Known;
        }
    }

    // A client that was slow to begin is no person: what it says to log in is not for the room.
    private bool HasShownItself(ReadOnlySpan<byte> pending)
    {
        var found = context.Detector.DetectGreeted(pending);
        _isTakenForPerson = found is null;
        if (found is not null && found != Current)
        {
            Change(found);
        }

        return found is not null;
    }
}

/// <summary>What the bytes of a client say about its protocol.</summary>
internal enum Recognition
{
    /// <summary>More bytes are needed to tell.</summary>
    Unknown,

    /// <summary>It is known.</summary>
    Known,

    /// <summary>It is none that the chat speaks: the client is turned away.</summary>
    Foreign,
}
