using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <content>What the operators of rooms do.</content>
internal sealed partial class IrcWireFormat
{
    private void EncodeModeration(in ChatEvent chatEvent, SegmentWriter writer)
    {
        switch (chatEvent.Kind)
        {
            case EventKind.Kicked:
                PutKick(chatEvent, writer);
                break;
            case EventKind.ModeSet:
                PutModes(chatEvent, writer);
                break;
            case EventKind.Invitation or EventKind.Invited:
                PutInvite(chatEvent, writer);
                break;
        }
    }

    private void PutKick(in ChatEvent chatEvent, SegmentWriter writer)
    {
        PutTags(chatEvent, hasId: true, writer);
        var length = PutSource(chatEvent, writer);
        writer.Put(" KICK "u8);
        writer.Put(chatEvent.Room!.Name);
        writer.Put((byte)' ');
        writer.Put(chatEvent.NewNick);
        writer.Put(" :"u8);
        length += " KICK   :".Length + chatEvent.Room.Name.Length + chatEvent.NewNick.Length;

        // RFC 1459, section 4.2.8: where there is no comment, it is the nick of who did it.
        var reason = chatEvent.Text.IsEmpty ? chatEvent.Nick : chatEvent.Text;
        writer.Put(reason[..IrcText.Fit(reason, MaxContent - length)]);
        EndLine(writer);
    }

    // As few lines as they fit.
    private void PutModes(in ChatEvent chatEvent, SegmentWriter writer)
    {
        var change = chatEvent.Text;
        var isFirst = true;
        while (!change.IsEmpty)
        {
            PutTags(chatEvent, isFirst, writer);
            var length = PutSource(chatEvent, writer) + " MODE  ".Length + chatEvent.Room!.Name.Length;
            writer.Put(" MODE "u8);
            writer.Put(chatEvent.Room.Name);
            writer.Put((byte)' ');
            change = IrcModeText.PutPart(change, MaxContent - length, writer);
            EndLine(writer);
            isFirst = false;
        }
    }

    private void PutInvite(in ChatEvent chatEvent, SegmentWriter writer)
    {
        PutTags(chatEvent, hasId: false, writer);
        PutSource(chatEvent, writer);
        writer.Put(" INVITE "u8);
        writer.Put(chatEvent.NewNick);
        writer.Put((byte)' ');
        writer.Put(chatEvent.Room!.Name);
        EndLine(writer);
    }
}
