using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>What IRC clients are told that asked to become operators, or to have a file read again, once that is done: 381 and the new mode, 464, a notice.</summary>
internal static class IrcOperatorLines
{
    public static void Put(in ChatEvent chatEvent, SegmentWriter writer)
    {
        switch (chatEvent.Kind)
        {
            case EventKind.Operator:
                PutStart(writer, " 381 "u8, chatEvent.Nick);
                writer.Put(" :You are now an IRC operator\r\n:"u8);
                writer.Put(chatEvent.Nick);
                writer.Put(" MODE "u8);
                writer.Put(chatEvent.Nick);
                writer.Put(" :+o\r\n"u8);
                break;
            case EventKind.OperatorRefused:
                PutStart(writer, " 464 "u8, chatEvent.Nick);
                writer.Put(" :Password incorrect\r\n"u8);
                break;
            default:
                PutStart(writer, " NOTICE "u8, chatEvent.Nick);
                writer.Put(" :"u8);
                writer.Put(chatEvent.Result.IsDone ? "the message of the day was read again" : chatEvent.Result.Message);
                writer.Put("\r\n"u8);
                break;
        }
    }

    private static void PutStart(SegmentWriter writer, ReadOnlySpan<byte> command, ReadOnlySpan<byte> nick)
    {
        writer.Put(":"u8);
        writer.Put(IrcServer.Name);
        writer.Put(command);
        writer.Put(nick);
    }
}
