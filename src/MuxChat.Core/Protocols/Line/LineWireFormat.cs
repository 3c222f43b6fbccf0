using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Line;

/// <summary>
/// Encodes events as lines for people. A message begins with <c>&lt;nick&gt;</c>, a server's line with <c>*</c>,
/// and an error with <c>!</c>, each with a space after it.
/// </summary>
/// <remarks>A client's text never begins a line, so no client can forge one. Each line is one message of the framing.</remarks>
internal sealed class LineWireFormat(bool showsRoom, IFraming framing) : IWireFormat
{
    private readonly LineNotices _notices = new(framing);

    // A successful command has no answer in lines, so its author gets the event instead. A
    // person who joins gets the state of the room instead.
    public bool ShowsToActor(EventKind kind) => kind switch
    {
        EventKind.Away or EventKind.Invited => true,
        EventKind.Joined => false,
        _ => EventKinds.Of(kind).ReachesActor,
    };

    public bool IsOncePerPerson(EventKind kind) => EventKinds.Of(kind).IsOncePerPerson;

    public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
    {
        switch (chatEvent.Kind)
        {
            case EventKind.Said:
                EncodeSaid(chatEvent, writer);
                break;
            case EventKind.Acted:
                EncodeActed(chatEvent, writer);
                break;
            case EventKind.Shared:
                EncodeShared(chatEvent, writer);
                break;
            case EventKind.Message:
                PutLine(writer, "<"u8, chatEvent.Nick, " -> "u8, chatEvent.NewNick, "> "u8, chatEvent.Text);
                break;
            case EventKind.Sent:
                PutLine(writer, "* to "u8, chatEvent.NewNick, ": "u8, chatEvent.Text);
                break;
            case EventKind.Rehashed when chatEvent.Result.IsOk:
                PutLine(writer, "* the server's files were read again"u8);
                break;
            case EventKind.Error:
                framing.Begin(writer);
                writer.Put("! "u8);
                writer.Put(chatEvent.Result.Message);
                writer.Put(chatEvent.Result.Code == ErrorCode.BadKey ? " (/join ROOM KEY)"u8 : default);
                framing.End(writer);
                break;
            case EventKind.Closing:
                PutLine(writer, "* goodbye: "u8, chatEvent.Text);
                break;
            default:
                EncodeNews(chatEvent, writer);
                break;
        }
    }

    // The only event on the hot path. Its length is known, so it is written into one span.
    private void EncodeSaid(in ChatEvent chatEvent, SegmentWriter writer)
    {
        var room = showsRoom ? chatEvent.Room!.Name : [];
        framing.Begin(writer);
        var span = writer.GetSpan(room.Length + chatEvent.Nick.Length + chatEvent.Text.Length + 8);
        var at = 0;
        if (showsRoom)
        {
            span[at++] = (byte)'[';
            room.CopyTo(span[at..]);
            at += room.Length;
            span[at++] = (byte)']';
            span[at++] = (byte)' ';
        }

        span[at++] = (byte)'<';
        chatEvent.Nick.CopyTo(span[at..]);
        at += chatEvent.Nick.Length;
        span[at++] = (byte)'>';
        span[at++] = (byte)' ';
        chatEvent.Text.CopyTo(span[at..]);
        at += chatEvent.Text.Length;
        writer.Advance(at);
        framing.End(writer);
    }

    private void EncodeNews(in ChatEvent chatEvent, SegmentWriter writer)
    {
        ReadOnlySpan<byte> room = chatEvent.Room is null ? default : chatEvent.Room.Name;
        var colon = chatEvent.Text.IsEmpty ? default : ": "u8;
        switch (chatEvent.Kind)
        {
            case EventKind.Joined:
                PutLine(writer, "* "u8, chatEvent.Nick, " joined "u8, room);
                break;
            case EventKind.Left:
                PutLine(writer, "* "u8, chatEvent.Nick, " left "u8, room, colon, chatEvent.Text);
                break;
            case EventKind.Quit:
                PutLine(writer, "* "u8, chatEvent.Nick, " quit"u8, colon, chatEvent.Text);
                break;
            case EventKind.Renamed:
                PutLine(writer, "* "u8, chatEvent.Nick, " is now "u8, chatEvent.NewNick);
                break;
            case EventKind.Kicked:
                PutLine(writer, "* "u8, chatEvent.Nick, " kicked "u8, chatEvent.NewNick, " from "u8, room, colon, chatEvent.Text);
                break;
            case EventKind.Redacted when chatEvent.Room is null || chatEvent.Seq > 0:
                EncodeRedacted(chatEvent, writer);
                break;
            case EventKind.ModeSet:
                PutLine(writer, "* "u8, chatEvent.Nick, " set the modes of "u8, room, ": "u8, chatEvent.Text);
                break;
            case EventKind.Away:
                PutLine(writer, "* "u8, chatEvent.Nick, chatEvent.Text.IsEmpty ? " is back"u8 : " is away: "u8, chatEvent.Text);
                break;
            case EventKind.Invitation or EventKind.Invited:
                PutLine(writer, "* "u8, chatEvent.Nick, " invited "u8, chatEvent.NewNick, " to "u8, room);
                break;
            case EventKind.TopicSet when chatEvent.Text.IsEmpty:
                PutLine(writer, "* "u8, chatEvent.Nick, " removed the topic of "u8, room);
                break;
            case EventKind.TopicSet:
                PutLine(writer, "* "u8, chatEvent.Nick, " set the topic of "u8, room, ": "u8, chatEvent.Text);
                break;
            default:
                _notices.Encode(chatEvent, writer);
                break;
        }
    }

    private void EncodeShared(in ChatEvent chatEvent, SegmentWriter writer)
    {
        framing.Begin(writer);
        writer.Put("* "u8);
        writer.Put(chatEvent.Nick);
        LineFileAnswers.Describe(chatEvent.Text, showsRoom ? chatEvent.Room!.Name : default, writer);
        framing.End(writer);
    }

    private void EncodeRedacted(in ChatEvent chatEvent, SegmentWriter writer)
    {
        var reason = Redaction.TryRead(chatEvent.Text, out var redaction) ? redaction.Reason : default;
        PutLine(writer, "* "u8, chatEvent.Nick, chatEvent.Room is null ? " removed a private message"u8 : " removed a line"u8,
            showsRoom && chatEvent.Room is not null ? " in "u8 : default, showsRoom && chatEvent.Room is { } room ? room.Name : default,
            reason.IsEmpty ? default : ": "u8, reason);
    }

    private void EncodeActed(in ChatEvent chatEvent, SegmentWriter writer)
    {
        if (showsRoom)
        {
            PutLine(writer, "["u8, chatEvent.Room!.Name, "] ** "u8, chatEvent.Nick, " "u8, chatEvent.Text);
        }
        else
        {
            PutLine(writer, "** "u8, chatEvent.Nick, " "u8, chatEvent.Text);
        }
    }

    private void PutLine(
        SegmentWriter writer,
        ReadOnlySpan<byte> a,
        ReadOnlySpan<byte> b = default,
        ReadOnlySpan<byte> c = default,
        ReadOnlySpan<byte> d = default,
        ReadOnlySpan<byte> e = default,
        ReadOnlySpan<byte> f = default,
        ReadOnlySpan<byte> g = default,
        ReadOnlySpan<byte> h = default)
    {
        framing.Begin(writer);
        writer.Put(a);
        writer.Put(b);
        writer.Put(c);
        writer.Put(d);
        writer.Put(e);
        writer.Put(f);
        writer.Put(g);
        writer.Put(h);
        framing.End(writer);
    }
}
