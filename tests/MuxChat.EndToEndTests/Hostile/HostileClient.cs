using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>A client that sends whatever it likes and can read its answers as lines, as messages or as bytes.</summary>
public sealed class HostileClient(EndPoint server, HostileLanguage language) : WireClient(server)
{
    private static int _lastToken;

    private int LengthBytes => language switch
    {
        HostileLanguage.Utf or HostileLanguage.EchoedMessages => 2,
        _ => HeaderBytes,
    };

    /// <summary>The next byte, which stays to be read; -1 at the end.</summary>
    public int PeekByte()
    {
        while (Pending.IsEmpty)
        {
            if (!FillBuffer())
            {
                return -1;
            }
        }

        return Pending[0];
    }

    /// <summary>The next bytes; fewer when the connection ends before.</summary>
    public byte[] ReadBytes(int count)
    {
        while (Pending.Length < count && FillBuffer())
        {
        }

        var bytes = Pending[..Math.Min(count, Pending.Length)].ToArray();
        Consume(bytes.Length);
        return bytes;
    }

    /// <summary>A message of this content, with its length before it as this client's listener has it.</summary>
    public byte[] Framed(ReadOnlySpan<byte> body)
    {
        var message = new byte[LengthBytes + body.Length];
        body.CopyTo(message.AsSpan(LengthBytes));
        switch (language)
        {
            case HostileLanguage.Utf or HostileLanguage.EchoedMessages:
                BinaryPrimitives.WriteUInt16BigEndian(message, checked((ushort)body.Length));
                break;
            case HostileLanguage.ReversedFrames:
                BinaryPrimitives.WriteInt32LittleEndian(message, body.Length);
                break;
            default:
                BinaryPrimitives.WriteInt32BigEndian(message, body.Length);
                break;
        }

        return message;
    }

    /// <summary>The content of the next message that has its length before it; null at the end of the connection.</summary>
    public byte[]? TryReadBody()
    {
        while (Pending.Length < LengthBytes || Pending.Length < LengthBytes + LengthOfNext())
        {
            if (!FillBuffer())
            {
                Assert.True(Pending.IsEmpty, $"{Describe()}: half a message before the end");
                return null;
            }
        }

        var length = LengthOfNext();
        var body = Pending.Slice(LengthBytes, length).ToArray();
        Consume(LengthBytes + length);
        return body;
    }

    /// <summary>The next line or message as text, without the end of a line; null at the end of the connection.</summary>
    /// <param name="isJson">Whether a frame is awaited where lines may come too.</param>
    public string? TryReadText(bool isJson)
    {
        if (!isJson && language is HostileLanguage.Lines or HostileLanguage.Irc or HostileLanguage.Frames or HostileLanguage.ReversedFrames
            or HostileLanguage.Exec)
        {
            // HTTP and IRC end their lines with CRLF.
            return TryReadLine()?.TrimEnd('\r');
        }

        var body = TryReadBody();
        return body is null ? null : isJson ? JsonNode.Parse(body)!.ToJsonString() : Encoding.UTF8.GetString(body);
    }

    /// <summary>Reads a response of HTTP to its end, and returns its status line.</summary>
    public string ReadResponse(bool hasBody)
    {
        var status = TryReadText(isJson: false);
        var bytes = 0;
        while (TryReadText(isJson: false) is { Length: > 0 } field)
        {
            bytes = field.StartsWith("Content-Length: ", StringComparison.Ordinal) ? int.Parse(field[16..], CultureInfo.InvariantCulture)
                : bytes;
        }

        ReadBytes(hasBody ? bytes : 0);
        return status ?? "the end";
    }

    /// <summary>Sends what a client of good will sends to take its place in a room.</summary>
    public void MoveIn(string room)
    {
        string[] commands = language switch
        {
            HostileLanguage.Frames or HostileLanguage.ReversedFrames =>
            [
                $$"""{"type":"nick","nick":"{{Nick}}"}""",
                $$"""{"type":"join","room":"{{room}}"}""",
                """{"type":"part","room":"#lobby"}""",
            ],
            HostileLanguage.Irc => [$"NICK {Nick}", "USER hostile 0 * :Hostile", $"JOIN {room}"],
            _ => [$"/nick {Nick}", $"/join {room}", "/part #lobby"],
        };
        Array.ForEach(commands, Say);
        Sync();
    }

    /// <summary>Asks for a pong and returns all that came before it.</summary>
    public List<string> Ping()
    {
        var token = $"H{Interlocked.Increment(ref _lastToken)}";
        Say(language switch
        {
            HostileLanguage.Frames or HostileLanguage.ReversedFrames => $$"""{"type":"ping","token":"{{token}}"}""",
            HostileLanguage.EchoedBytes or HostileLanguage.EchoedMessages => token,
            HostileLanguage.Irc => $"PING {token}",
            HostileLanguage.Exec => $"echo {token}",
            _ => $"/ping {token}",
        });
        if (language == HostileLanguage.EchoedBytes)
        {
            var answer = Encoding.ASCII.GetString(ReadBytes(token.Length));
            return answer == token ? [] : [answer];
        }

        if (language == HostileLanguage.Exec)
        {
            var header = TryReadText(isJson: true) ?? "";
            return Encoding.ASCII.GetString(ReadBytes(token.Length + 1)) == $"{token}\n" ? [] : [header];
        }

        var isJson = language is HostileLanguage.Frames or HostileLanguage.ReversedFrames;
        var before = new List<string>();
        while (true)
        {
            var text = TryReadText(isJson);
            Assert.True(text is not null, "the connection ended where a pong was expected");
            if (IsPong(text, token))
            {
                return before;
            }

            before.Add(text);
        }
    }

    public override void Sync() => Ping();

    private void Say(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        SendBytes(language switch
        {
            HostileLanguage.Lines or HostileLanguage.Irc or HostileLanguage.Exec => [.. bytes, (byte)'\n'],
            HostileLanguage.EchoedBytes => bytes,
            _ => Framed(bytes),
        });
    }

    private bool IsPong(string text, string token) => language switch
    {
        HostileLanguage.Frames or HostileLanguage.ReversedFrames =>
            JsonNode.Parse(text) is { } json && (string?)json["type"] == "pong" && (string?)json["token"] == token,
        HostileLanguage.Irc => text == $":muxchat.local PONG muxchat.local :{token}",
        HostileLanguage.EchoedMessages => text == token,
        _ => text == $"* pong {token}",
    };

    private int LengthOfNext() => language switch
    {
        HostileLanguage.Utf or HostileLanguage.EchoedMessages => BinaryPrimitives.ReadUInt16BigEndian(Pending),
        HostileLanguage.ReversedFrames => BinaryPrimitives.ReadInt32LittleEndian(Pending),
        _ => BinaryPrimitives.ReadInt32BigEndian(Pending),
    };
}
