using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>Encodes events of moderation as IRC lines: KICK, MODE, INVITE, REDACT, and the outcome of OPER and REHASH.</summary>
/// <remarks>Mode changes that do not fit in one line, such as <c>+o-v alice bob</c>, go into several.</remarks>
internal sealed class IrcModerationFormat(IFraming framing, IrcServer server, IrcLineStart start)
{
    /// <summary>Encodes an event of moderation. Writes nothing for any other kind.</summary>
    public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
    {
        switch (chatEvent.Kind)
        {
            case EventKind.Kicked:
                PutKick(chatEvent, writer);
                break;
            case EventKind.ModeSet:
                PutModes(chatEvent, writer);
                break;
            case EventKind.Redacted when Redaction.TryRead(chatEvent.Text, out var redaction):
                PutRedact(chatEvent, redaction, writer);
                break;
            case EventKind.Invitation or EventKind.Invited:
                PutInvite(chatEvent, writer);
                break;
            case EventKind.Operator or EventKind.OperatorRefused or EventKind.Rehashed:
                PutOperatorOutcome(chatEvent, writer);
                break;
        }
    }

    private void PutKick(in ChatEvent chatEvent, SegmentWriter writer)
    {
        framing.Begin(writer);
        start.PutTags(chatEvent, hasId: true, writer);
        var length = IrcLineStart.PutSource(chatEvent, writer);
        writer.Put(" KICK "u8);
        writer.Put(chatEvent.Room!.Name);
        writer.Put((byte)' ');
        writer.Put(chatEvent.NewNick);
        writer.Put(" :"u8);
        length += " KICK   :".Length + chatEvent.Room.Name.Length + chatEvent.NewNick.Length;

        // RFC 1459, section 4.2.8: the default comment is the nick of the operator.
        var reason = chatEvent.Text.IsEmpty ? chatEvent.Nick : chatEvent.Text;
        writer.Put(reason[..ChatText.Fit(reason, IrcLine.MaxContent - length)]);
        framing.End(writer);
    }

    private void PutRedact(in ChatEvent chatEvent, in Redaction redaction, SegmentWriter writer)
    {
        framing.Begin(writer);
        start.PutTags(chatEvent, hasId: true, writer);
        var length = IrcLineStart.PutSource(chatEvent, writer);
        var target = chatEvent.Room is null ? chatEvent.NewNick : chatEvent.Room.Name;
        writer.Put(" REDACT "u8);
        writer.Put(target);
        writer.Put((byte)' ');
        writer.Put(redaction.Id);
        if (!redaction.Reason.IsEmpty)
        {
            length += " REDACT   :".Length + target.Length + redaction.Id.Length;
            writer.Put(" :"u8);
            writer.Put(redaction.Reason[..ChatText.Fit(redaction.Reason, IrcLine.MaxContent - length)]);
        }

        framing.End(writer);
    }

    // Uses as few lines as possible.
    private void PutModes(in ChatEvent chatEvent, SegmentWriter writer)
    {
        var change = chatEvent.Text;
        var isFirst = true;
        while (!change.IsEmpty)
        {
            framing.Begin(writer);
            start.PutTags(chatEvent, isFirst, writer);
            var length = IrcLineStart.PutSource(chatEvent, writer) + " MODE  ".Length + chatEvent.Room!.Name.Length;
            writer.Put(" MODE "u8);
            writer.Put(chatEvent.Room.Name);
            writer.Put((byte)' ');
            change = PutPart(change, IrcLine.MaxContent - length, writer);
            framing.End(writer);
            isFirst = false;
        }
    }

    private void PutInvite(in ChatEvent chatEvent, SegmentWriter writer)
    {
        framing.Begin(writer);
        start.PutTags(chatEvent, hasId: false, writer);
        IrcLineStart.PutSource(chatEvent, writer);
        writer.Put(" INVITE "u8);
        writer.Put(chatEvent.NewNick);
        writer.Put((byte)' ');
        writer.Put(chatEvent.Room!.Name);
        framing.End(writer);
    }

    // Encodes 381 and the new mode, 464, or a notice, once the background work is done.
    private void PutOperatorOutcome(in ChatEvent chatEvent, SegmentWriter writer)
    {
        switch (chatEvent.Kind)
        {
            case EventKind.Operator:
                PutStart(writer, " 381 "u8, chatEvent.Nick);
                writer.Put(" :You are now an IRC operator"u8);
                framing.End(writer);
                framing.Begin(writer);
                writer.Put(":"u8);
                writer.Put(chatEvent.Nick);
                writer.Put(" MODE "u8);
                writer.Put(chatEvent.Nick);
                writer.Put(" :+o"u8);
                framing.End(writer);
                break;
            case EventKind.OperatorRefused:
                PutStart(writer, " 464 "u8, chatEvent.Nick);
                writer.Put(" :Password incorrect"u8);
                framing.End(writer);
                break;
            default:
                PutStart(writer, " NOTICE "u8, chatEvent.Nick);
                writer.Put(" :"u8);
                writer.Put(chatEvent.Result.IsOk ? "the server's files were read again" : chatEvent.Result.Message);
                framing.End(writer);
                break;
        }
    }

    private void PutStart(SegmentWriter writer, ReadOnlySpan<byte> command, ReadOnlySpan<byte> nick)
    {
        framing.Begin(writer);
        writer.Put(":"u8);
        writer.Put(server.Name);
        writer.Put(command);
        writer.Put(nick);
    }

    /// <summary>Writes as many mode changes as fit, and at least one. Returns the rest.</summary>
    /// <param name="change">The changes in the chat's form: letters, then a parameter for each letter that takes one.</param>
    /// <param name="max">Bytes available, which must be more than a change with the longest parameter needs.</param>
    /// <param name="writer">Receives the bytes.</param>
    public static ReadOnlySpan<byte> PutPart(ReadOnlySpan<byte> change, int max, SegmentWriter writer)
    {
        if (change.Length <= max)
        {
            writer.Put(change);
            return default;
        }

        var end = change.IndexOf((byte)' ');
        var letters = end < 0 ? change : change[..end];
        var parameters = end < 0 ? default : change[end..];
        var sign = (byte)'+';
        int taken = 0, takenOfParameters = 0;
        while (taken < letters.Length)
        {
            var next = taken;
            var nextSign = letters[next] is (byte)'+' or (byte)'-' ? letters[next++] : sign;
            next = Math.Min(next + 1, letters.Length);
            var nextOfParameters = takenOfParameters + (HasParameter(nextSign, letters[next - 1])
                ? FirstOf(parameters[takenOfParameters..]) : 0);
            if (taken > 0 && next + nextOfParameters > max)
            {
                break;
            }

            (taken, takenOfParameters, sign) = (next, nextOfParameters, nextSign);
        }

        writer.Put(letters[..taken]);
        writer.Put(parameters[..takenOfParameters]);
        return Join(sign, letters[taken..], parameters[takenOfParameters..]);
    }

    // Returns the length of the first parameter, including the space before it.
    private static int FirstOf(ReadOnlySpan<byte> parameters)
    {
        var end = parameters.IsEmpty ? -1 : parameters[1..].IndexOf((byte)' ');
        return end < 0 ? parameters.Length : end + 1;
    }

    private static bool HasParameter(byte sign, byte letter) => "ovbeIk"u8.Contains(letter) || (letter == (byte)'l' && sign == (byte)'+');

    private static byte[] Join(byte sign, ReadOnlySpan<byte> letters, ReadOnlySpan<byte> parameters)
    {
        if (letters.IsEmpty)
        {
            return [];
        }

        ReadOnlySpan<byte> signed = letters[0] is (byte)'+' or (byte)'-' ? letters : [sign, .. letters];
        return [.. signed, .. parameters];
    }
}
