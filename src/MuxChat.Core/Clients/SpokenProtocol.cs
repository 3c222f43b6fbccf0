using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Http;

namespace MuxChat.Core.Clients;

/// <summary>
/// The protocol of one client: recognised from its first bytes, or chosen for a silent client. It may change while
/// the client lives. The decoder and the handler change with it.
/// </summary>
/// <remarks>
/// Owner: the client's <see cref="ProtocolConnection"/>. Invariant: a decoder and a handler exist whenever a protocol is known.
/// </remarks>
internal sealed class SpokenProtocol(ClientContext context, IHandlerHost host, Recipient recipient)
{
    private bool _isTakenForPerson;
    private bool _hasSpoken;
    private bool _hasBytes;
    private IdleTimer _idle = new(context.Clock.NowMs);

    /// <summary>The current protocol; null until it is known.</summary>
    public IProtocol? Current { get; private set; }

    /// <summary>Whether the first bytes are those of a program, although they do not suffice to know its protocol.</summary>
    public bool IsLikelyProgram { get; private set; }

    /// <summary>Decodes the client's frames; null until the protocol is known.</summary>
    public IFrameDecoder? Decoder { get; private set; }

    /// <summary>Executes the client's frames; null until the protocol is known.</summary>
    public IProtocolHandler? Handler { get; private set; }

    /// <summary>The protocol to change to once all answers in the current one have been sent; null for no change.</summary>
    public IProtocol? Next { get; set; }

    /// <summary>
    /// The time of the next action if the client stays silent, in the clock's milliseconds; <see cref="long.MaxValue"/> for never.
    /// </summary>
    public long IdleMs => Current is null ? _idle.StartedMs + SilenceMs : _idle.NextMs(Current, Handler!, context.Limits);

    /// <summary>Whether the client has sent nothing since it was pinged.</summary>
    public bool IsPinged => _idle.IsPinged;

    /// <summary>Counts the client's silence from now.</summary>
    public void Begin() => _idle = new IdleTimer(context.Clock.NowMs);

    // How long a client may be silent before it is taken for a person. One that has sent bytes is no spare connection of a browser.
    private int SilenceMs => IsLikelyProgram ? HttpLimits.HeadMs
        : _hasBytes ? ProtocolDetector.SilenceMs : context.Browsers.SilenceMs(Address, _idle.StartedMs);

    private PeerAddress Address => recipient.Owner?.Address ?? default;

    /// <summary>Records that bytes arrived, whatever they contain.</summary>
    public void NoteInput()
    {
        _hasBytes = true;
        _idle.NoteInput(context.Clock.NowMs);
        if (Current is HttpProtocol)
        {
            context.Browsers.Note(Address, context.Clock.NowMs);
        }
    }

    /// <summary>
    /// Records that a part of a long answer was sent. A long file leaves its client no time for other signs of life, and the client has
    /// read what came before this part.
    /// </summary>
    public void NotePart(in FrameResult part)
    {
        if (part.IsFile)
        {
            NoteInput();
        }
    }

    /// <summary>Looks for one frame at the front of the bytes. All of them are one if the handler takes it without its end.</summary>
    public Decoded Decode(Span<byte> pending)
    {
        var decoded = Decoder!.Decode(pending);
        if (decoded is not { Status: DecodeStatus.NeedMore, Consumed: 0 } || !Handler!.TakesUnfinished)
        {
            return decoded;
        }

        // The old decoder would go on after the bytes that it has looked at.
        Decoder = Current!.Framing.CreateDecoder(recipient);
        return new Decoded(DecodeStatus.Frame, pending.Length, 0, pending.Length);
    }

    /// <summary>Records that the client was pinged.</summary>
    public void NotePing() => _idle.NotePing();

    /// <summary>
    /// Changes the protocol. Every change goes through here. The client's session, if any, leaves its
    /// rooms; bytes not yet consumed go to the new decoder.
    /// </summary>
    public void Change(IProtocol next)
    {
        if (Handler?.Session is { IsGone: false } session)
        {
            context.Hub.Disconnect(session, $"switched to {next.Name}");
        }

        if (Current is not null)
        {
            // The client has as much time to log in as a new client.
            _idle = new IdleTimer(context.Clock.NowMs);
        }

        Handler?.Release();
        (Next, _isTakenForPerson, _hasSpoken) = (null, false, false);
        Current = next;
        if (next is HttpProtocol)
        {
            context.Browsers.Note(Address, context.Clock.NowMs);
        }

        Decoder = next.Framing.CreateDecoder(recipient);
        recipient.SetProtocol(next);
        Handler = next.Begin(host);
        while (Handler.HasMore)
        {
            // These parts belong to the greeting. The connection asks for parts only while it handles
            // input, and a new client may send none.
            Handler.WriteMore();
        }
    }

    /// <summary>
    /// Gives a silent client the fallback protocol, for people at a terminal. Its first bytes may still show another protocol.
    /// </summary>
    public void TakeForPerson()
    {
        Change(context.Detector.Fallback);
        _isTakenForPerson = true;
    }

    /// <summary>Recognises the client's protocol as far as its bytes allow.</summary>
    /// <param name="pending">All bytes not consumed so far: at least one.</param>
    /// <param name="foreign">The foreign protocol, if the client speaks no chat protocol.</param>
    public Recognition Recognise(ReadOnlySpan<byte> pending, out ForeignProtocol foreign)
    {
        if (Current is null)
        {
            foreign = ForeignProtocol.None;
            if (context.Detector.Detect(pending) is { } found)
            {
                return Admit(found, pending, out foreign);
            }

            IsLikelyProgram = context.Detector.IsLikelyProgram(pending);
            return Recognition.Unknown;
        }

        if (_isTakenForPerson && pending[0] is not ((byte)'\r' or (byte)'\n') && !HasShownItself(pending))
        {
            foreign = ForeignProtocol.None;
            return Recognition.Unknown;
        }

        if (IsForeign(pending, isCut: false, out foreign))
        {
            return Recognition.Foreign;
        }

        // A PROXY header has several lines, and none of them may be decoded. Every other foreign protocol shows itself in one line.
        return foreign == ForeignProtocol.Proxy && !Handler!.TakesUnfinished ? Recognition.Unknown : Recognition.Known;
    }

    /// <summary>
    /// Recognises a client that has ended its input before its bytes showed what it speaks, as if its line had an end. Only a client of the
    /// fallback protocol becomes known: of any other, no half line counts. Nor does the beginning of a foreign protocol, because a third
    /// party may have written it.
    /// </summary>
    /// <returns>Whether the client's protocol is known.</returns>
    public bool TryRecogniseAtEnd(ReadOnlySpan<byte> pending)
    {
        if (pending.IsEmpty || (!_hasSpoken && ForeignProtocols.IsBeginning(Current ?? context.Detector.Fallback, pending)))
        {
            return false;
        }

        if (Current is not null && !_isTakenForPerson)
        {
            return true;
        }

        byte[] line = [.. pending, (byte)'\n'];
        if ((Current is null ? context.Detector.Detect(line) : context.Detector.DetectGreeted(line)) != context.Detector.Fallback)
        {
            return false;
        }

        _isTakenForPerson = false;
        return Current is not null || Admit(context.Detector.Fallback, line, out _) == Recognition.Known;
    }

    /// <summary>
    /// Whether the client speaks no chat protocol. Checked before its first line is decoded, and again on the decoded
    /// line, because the raw bytes may contain telnet commands.
    /// </summary>
    /// <param name="first">The raw bytes, or the frame.</param>
    /// <param name="isCut">Whether <paramref name="first"/> is a frame.</param>
    /// <param name="foreign">The foreign protocol, if the result is true.</param>
    public bool IsForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign)
    {
        foreign = ForeignProtocol.None;
        return !_hasSpoken && Current!.DetectForeign(first, isCut, out foreign) == ProtocolMatch.Yes;
    }

    /// <summary>Records that the client has sent something in its protocol.</summary>
    public void NoteSpoken() => _hasSpoken = true;

    // Checks before a session exists, so that no room hears of a foreign client on an auto listener.
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

    // A program that was slow to begin may have been taken for a person. Its login lines must not go to the room.
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

/// <summary>The result of looking at a client's bytes for its protocol.</summary>
internal enum Recognition
{
    /// <summary>More bytes are needed.</summary>
    Unknown,

    /// <summary>The protocol is known.</summary>
    Known,

    /// <summary>The client speaks no chat protocol and is turned away.</summary>
    Foreign,
}
