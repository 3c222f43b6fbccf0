using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// Encodes events as IRC lines, for clients with the same capabilities. Splits a text over several lines of at
/// most 512 bytes, between characters, so that nothing is lost.
/// </summary>
internal sealed class IrcWireFormat(IrcCaps caps, IFraming framing, IrcServer server, byte[] publicUrl, IrcLineStart start) : IWireFormat
{
    private const byte Ctcp = 0x01;

    private readonly IrcModerationFormat _moderation = new(framing, server, start);

    public IrcWireFormat(IrcCaps caps, IFraming framing, IrcServer server, byte[] publicUrl)
        : this(caps, framing, server, publicUrl, new IrcLineStart(caps))
    {
    }

    // No client says the line about a file itself, so its sender sees it as well.
    public bool ShowsToActor(EventKind kind) =>
        kind != EventKind.Shared && EventKinds.Of(kind) is { IsSaid: true }
            ? (caps & IrcCaps.EchoMessage) != 0 : EventKinds.Of(kind).ReachesActor;

    public bool IsOncePerPerson(EventKind kind) => EventKinds.Of(kind).IsOncePerPerson;

    public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
    {
        if ((IrcCapabilities.NeededFor(chatEvent.Kind) & IrcCaps.InFormat & ~caps) != 0)
        {
            return;
        }

        switch (chatEvent.Kind)
        {
            case EventKind.Said:
                PutTalk(chatEvent, chatEvent.Room!.Name, isAction: false, writer);
                break;
            case EventKind.Acted:
                PutTalk(chatEvent, chatEvent.Room!.Name, isAction: true, writer);
                break;
            case EventKind.Shared:
                PutShared(chatEvent, writer);
                break;
            case EventKind.Signal:
                PutSignal(chatEvent, writer);
                break;
            case EventKind.Message:
                PutTalk(chatEvent, chatEvent.NewNick, chatEvent.IsAction, writer);
                break;
            case EventKind.Tagged:
                PutTagged(chatEvent, writer);
                break;
            case EventKind.NickOnline or EventKind.NickOffline:
                PutPresence(chatEvent, writer);
                break;
            case EventKind.Ping:
                PutPing(writer);
                break;
            case EventKind.Killed:
                PutNews(chatEvent, " KILL "u8, chatEvent.NewNick, chatEvent.Text, hasText: true, writer);
                break;
            case EventKind.Wallops:
                PutNews(chatEvent, " WALLOPS"u8, default, chatEvent.Text, hasText: true, writer);
                break;
            case EventKind.Closing:
                PutError(chatEvent.Text, writer);
                break;
            case EventKind.Error when chatEvent.Result.Code == ErrorCode.InternalError:
                PutNotice(chatEvent.Result.Message, writer);
                break;
            case EventKind.Error:
                PutError(System.Text.Encoding.UTF8.GetBytes(chatEvent.Result.Message), writer);
                break;
            default:
                EncodeNews(chatEvent, writer);
                break;
        }
    }

    private void EncodeNews(in ChatEvent chatEvent, SegmentWriter writer)
    {
        switch (chatEvent.Kind)
        {
            case EventKind.Joined:
                PutJoin(chatEvent, writer);
                break;
            case EventKind.Left:
                PutNews(chatEvent, " PART "u8, chatEvent.Room!.Name, chatEvent.Text, hasText: !chatEvent.Text.IsEmpty, writer);
                break;
            case EventKind.Quit:
                PutNews(chatEvent, " QUIT"u8, default, chatEvent.Text, hasText: true, writer);
                break;
            case EventKind.Renamed:
                PutNews(chatEvent, " NICK "u8, chatEvent.NewNick, default, hasText: false, writer);
                break;
            case EventKind.TopicSet:
                PutNews(chatEvent, " TOPIC "u8, chatEvent.Room!.Name, chatEvent.Text, hasText: true, writer);
                break;
            case EventKind.Away:
                PutNews(chatEvent, " AWAY"u8, default, chatEvent.Text, hasText: !chatEvent.Text.IsEmpty, writer);
                break;
            case EventKind.RealNameSet:
                PutNews(chatEvent, " SETNAME"u8, default, chatEvent.Text, hasText: true, writer);
                break;
            default:
                _moderation.Encode(chatEvent, writer);
                break;
        }
    }

    // A past event may belong to an earlier epoch than the room's. Its message id then has that earlier epoch.
    private void PutTalk(in ChatEvent chatEvent, ReadOnlySpan<byte> target, bool isAction, SegmentWriter writer)
    {
        var text = chatEvent.Text;
        var isFirst = true;
        do
        {
            framing.Begin(writer);
            start.PutTags(chatEvent, isFirst, writer);
            var length = IrcLineStart.PutSource(chatEvent, writer);
            var command = chatEvent.IsNotice ? " NOTICE "u8 : " PRIVMSG "u8;
            writer.Put(command);
            writer.Put(target);
            writer.Put(" :"u8);
            length += command.Length + " :".Length + target.Length + (isAction ? "\u0001ACTION \u0001".Length : 0);
            var piece = text[..ChatText.Fit(text, IrcLine.MaxContent - length)];

            // Stored names from other rules may be so long that no text fits.
            text = piece.IsEmpty ? default : text[piece.Length..];
            if (isAction)
            {
                writer.Put("\u0001ACTION "u8);
            }

            writer.Put(piece);
            if (isAction)
            {
                writer.Put(Ctcp);
            }

            framing.End(writer);
            isFirst = false;
        }
        while (!text.IsEmpty);
    }

    private void PutShared(in ChatEvent chatEvent, SegmentWriter writer)
    {
        var notice = chatEvent;
        notice.Text = IrcFiles.Describe(chatEvent.Text, publicUrl);
        notice.IsNotice = true;
        PutTalk(notice, chatEvent.Room!.Name, isAction: false, writer);
    }

    private void PutSignal(in ChatEvent chatEvent, SegmentWriter writer)
    {
        framing.Begin(writer);
        start.PutTags(chatEvent, hasId: true, writer);
        IrcLineStart.PutSource(chatEvent, writer);
        writer.Put(chatEvent.IsNotice ? " NOTICE "u8 : " PRIVMSG "u8);
        writer.Put(chatEvent.Room!.Name);
        writer.Put(" :\u0001"u8);
        writer.Put(chatEvent.Text);
        writer.Put(Ctcp);
        framing.End(writer);
    }

    // Only clients with message tags receive a TAGMSG (IRCv3 message tags, "The TAGMSG tag-only message").
    private void PutTagged(in ChatEvent chatEvent, SegmentWriter writer)
    {
        var target = chatEvent.Room is null ? chatEvent.NewNick : chatEvent.Room.Name;
        PutNews(chatEvent, " TAGMSG "u8, target, default, hasText: false, writer);
    }

    private void PutJoin(in ChatEvent chatEvent, SegmentWriter writer)
    {
        if ((caps & IrcCaps.ExtendedJoin) == 0)
        {
            PutNews(chatEvent, " JOIN "u8, chatEvent.Room!.Name, default, hasText: false, writer);
            return;
        }

        // The asterisk means no account (IRCv3 extended-join). The server has no accounts.
        framing.Begin(writer);
        start.PutTags(chatEvent, hasId: true, writer);
        var length = IrcLineStart.PutSource(chatEvent, writer);
        writer.Put(" JOIN "u8);
        writer.Put(chatEvent.Room!.Name);
        writer.Put(" * :"u8);
        length += " JOIN  * :".Length + chatEvent.Room.Name.Length;
        var realName = chatEvent.Actor is null ? chatEvent.Nick : chatEvent.Actor.Identity.RealName;
        writer.Put(realName[..ChatText.Fit(realName, IrcLine.MaxContent - length)]);
        framing.End(writer);
    }

    private void PutNews(in ChatEvent chatEvent, ReadOnlySpan<byte> command, ReadOnlySpan<byte> target, ReadOnlySpan<byte> text,
        bool hasText, SegmentWriter writer)
    {
        framing.Begin(writer);
        start.PutTags(chatEvent, hasId: true, writer);
        var length = IrcLineStart.PutSource(chatEvent, writer);
        writer.Put(command);
        writer.Put(target);
        if (hasText)
        {
            length += command.Length + target.Length + " :".Length;
            writer.Put(" :"u8);
            writer.Put(text[..ChatText.Fit(text, IrcLine.MaxContent - length)]);
        }

        framing.End(writer);
    }

    // Writes 730 or 731 (IRCv3 monitor).
    private void PutPresence(in ChatEvent chatEvent, SegmentWriter writer)
    {
        framing.Begin(writer);
        writer.Put(":"u8);
        writer.Put(server.Name);
        writer.Put((byte)' ');
        writer.Put(chatEvent.Kind == EventKind.NickOnline ? IrcNumeric.MonOnline : IrcNumeric.MonOffline);
        writer.Put((byte)' ');
        writer.Put(chatEvent.NewNick);
        writer.Put(chatEvent.Kind == EventKind.NickOnline ? " "u8 : " :"u8);
        if (chatEvent.Kind == EventKind.NickOnline)
        {
            IrcLineStart.PutSource(chatEvent, writer);
        }
        else
        {
            writer.Put(chatEvent.Nick);
        }

        framing.End(writer);
    }

    private void PutPing(SegmentWriter writer)
    {
        framing.Begin(writer);
        writer.Put("PING :"u8);
        writer.Put(server.Name);
        framing.End(writer);
    }

    private void PutNotice(string text, SegmentWriter writer)
    {
        framing.Begin(writer);
        writer.Put(":"u8);
        writer.Put(server.Name);
        writer.Put(" NOTICE * :"u8);
        writer.Put(text);
        framing.End(writer);
    }

    private void PutError(ReadOnlySpan<byte> reason, SegmentWriter writer)
    {
        framing.Begin(writer);
        writer.Put("ERROR :Closing link: "u8);
        writer.Put(reason);
        framing.End(writer);
    }
}
