using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;

namespace MuxChat.Core.Protocols.Uploads;

/// <summary>Answers one upload, in the byte order of its header. Then the next header may follow.</summary>
/// <remarks>It is a long answer itself for a file without bytes.</remarks>
internal sealed class UploadAnswer(UploadProtocol protocol, IHandlerHost host, bool isLittleEndian) : IBodyOwner, ILongAnswer
{
    /// <summary>The upload; null if the header was refused.</summary>
    public Upload? Upload { get; init; }

    public IProtocol? Next => protocol;

    public bool EndsAtFailure => false;

    bool ILongAnswer.IsReady => Upload is null or { CanContinue: true };

    bool ILongAnswer.WritePart()
    {
        Upload!.Continue();
        if (Upload.IsWaiting)
        {
            return true;
        }

        End(Upload.Outcome ?? CommandResult.Ok());
        return false;
    }

    public FrameResult End(CommandResult result)
    {
        var file = result.IsOk ? Upload?.File : null;
        byte[] link = file is null ? [] : [.. host.Hub.Files.PublicUrl, .. FileLink.PathOf(file, key: null)];
        var json = Encode(file, link, result.Message);
        var answer = new byte[UploadFraming.LengthBytes + json.Length];
        if (isLittleEndian)
        {
            BinaryPrimitives.WriteInt32LittleEndian(answer, json.Length);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(answer, json.Length);
        }

        json.CopyTo(answer, UploadFraming.LengthBytes);
        host.Output.SendAsIs(answer);
        return new FrameResult { Result = result, Cost = 1 };
    }

    /// <summary>Encodes the header of an answer, which no bytes follow.</summary>
    /// <param name="file">The file; null for a failure.</param>
    /// <param name="link">The link to it.</param>
    /// <param name="error">The reason of a failure.</param>
    public static byte[] Encode(SharedFile? file, byte[] link, string error)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteNumber("data_size"u8, 0);
            if (file is null)
            {
                json.WriteNull("id"u8);
                json.WriteNull("file"u8);
                json.WriteNull("link"u8);
                json.WriteString("error"u8, error);
            }
            else
            {
                json.WriteNumber("id"u8, file.Number);
                json.WriteString("file"u8, file.Id.ToBytes());
                json.WriteString("link"u8, link);
                json.WriteNull("error"u8);
            }

            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}
