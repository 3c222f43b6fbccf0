using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>REDACT (IRCv3 message redaction, a draft): removes a message.</summary>
internal static class IrcRedaction
{
    public static CommandResult Redact(IrcProtocolHandler client, in IrcMessage message)
    {
        if (message[0].IsEmpty || message[1].IsEmpty)
        {
            return Fail(client, "NEED_MORE_PARAMS"u8, default, default, CommandResult.Error(ErrorCode.MissingField, "Missing parameters"));
        }

        var target = message[0];
        var reason = message[2];
        var isRoom = target.StartsWith("#"u8);
        var result = client.Hub.Execute(client.Session!, new Command
        {
            Kind = CommandKind.Redact,
            Room = isRoom ? target : default,
            Nick = isRoom ? default : target,
            MessageId = message[1],
            Text = reason[..ChatText.Fit(reason, IrcModeration.MaxReasonBytes)],
            Echo = (client.Caps & IrcCaps.MessageRedaction) == 0 ? null : client.Output,
        });
        return result.Code switch
        {
            ErrorCode.None => result,
            ErrorCode.BadField => Fail(client, "UNKNOWN_MSGID"u8, target, message[1], result),
            ErrorCode.NotRoomOperator or ErrorCode.CannotSpeak => Fail(client, "REDACT_FORBIDDEN"u8, target, message[1], result),
            ErrorCode.ControlCharacter => Fail(client, "INVALID_PARAMS"u8, target, message[1], result),
            _ => Fail(client, "INVALID_TARGET"u8, target, default, result),
        };
    }

    // A client that uses REDACT knows FAIL, whether or not it requested standard replies.
    private static CommandResult Fail(
        IrcProtocolHandler client, ReadOnlySpan<byte> code, ReadOnlySpan<byte> target, ReadOnlySpan<byte> id, in CommandResult refused)
    {
        var line = client.Line().Put("FAIL REDACT "u8).Put(code);
        if (!target.IsEmpty)
        {
            line.Param(IrcText.Shown(target));
        }

        if (!id.IsEmpty)
        {
            line.Param(IrcText.Shown(id));
        }

        line.Last(refused.Message).SendTo(client.Output);
        return refused;
    }
}
