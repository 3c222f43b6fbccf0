using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Line;

/// <summary>
/// Writes the server's notices to one person as lines: welcome, the state of a room, the rank of server operator, and wallops.
/// </summary>
internal sealed class LineNotices(IFraming framing)
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>Writes an event of one of these kinds; nothing for any other.</summary>
    public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
    {
        switch (chatEvent.Kind)
        {
            case EventKind.Welcome:
                Welcome(chatEvent, writer);
                break;
            case EventKind.RoomState:
                RoomState(chatEvent, writer);
                break;
            case EventKind.Operator:
                framing.Begin(writer);
                writer.Put("* you are a server operator"u8);
                framing.End(writer);
                break;
            case EventKind.Wallops:
                Wallops(chatEvent, writer);
                break;
        }
    }

    private void Welcome(in ChatEvent chatEvent, SegmentWriter writer)
    {
        framing.Begin(writer);
        writer.Put("* Welcome to MuxChat! You are "u8);
        writer.Put(chatEvent.Nick);
        writer.Put(", in "u8);
        writer.Put(chatEvent.Room!.Name);
        writer.Put(". Type to talk in the room; /help lists the commands."u8);
        framing.End(writer);
        var rest = chatEvent.Text;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf(LineFeed);
            framing.Begin(writer);
            writer.Put("* "u8);
            writer.Put(end < 0 ? rest : rest[..end]);
            framing.End(writer);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }
    }

    private void RoomState(in ChatEvent chatEvent, SegmentWriter writer)
    {
        // The nick is set if this is the client's current room.
        framing.Begin(writer);
        writer.Put(chatEvent.Nick.IsEmpty ? "* "u8 : "* you are in "u8);
        writer.Put(chatEvent.Room!.Name);
        writer.Put(" ("u8);
        writer.Put(chatEvent.Total);
        writer.Put(chatEvent.Text.IsEmpty ? " here), no topic"u8 : " here), topic: "u8);
        writer.Put(chatEvent.Text);
        framing.End(writer);
    }

    private void Wallops(in ChatEvent chatEvent, SegmentWriter writer)
    {
        framing.Begin(writer);
        writer.Put("* wallops from "u8);
        writer.Put(chatEvent.Nick);
        writer.Put(": "u8);
        writer.Put(chatEvent.Text);
        framing.End(writer);
    }
}
