using System.Buffers.Binary;
using System.Text.Json;
using MuxChat.Simulation.Fuzz.Targets;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>Whether what a client was told is well formed, from its first byte to its last.</summary>
internal static class CrowdEar
{
    private const int HeaderBytes = 4;
    private const int MaxShown = 300;

    // A line of IRC with its CR LF, and the tags before it.
    private const int MaxLineBytes = 512;
    private const int MaxTagBytes = 8191;

    // The last bytes for a client that speaks TLS (RFC 8446, section 6): handshake_failure.
    private static ReadOnlySpan<byte> Alert => [21, 3, 1, 0, 2, 2, 40];

    public static string? WhatIsWrong(CrowdClient client)
    {
        ReadOnlySpan<byte> told = client.Told.Bytes;
        var protocol = client.Client.Recipient.Protocol?.Name;
        if (protocol is "frame" or "irc" && told.StartsWith("*"u8))
        {
            SkipWhatAPersonIsTold(ref told, isIrc: protocol == "irc");
        }

        var wrong = protocol switch
        {
            "frame" => Frames(ref told),
            "irc" => Lines(ref told, isIrc: true),
            _ => Lines(ref told, isIrc: false),
        };
        var isPart = client.IsToldAll && !told.IsEmpty && !told.SequenceEqual(Alert);
        return wrong ?? (isPart ? $"a client gets a part of a message: {Show(told)}" : null);
    }

    // A client that was silent was greeted as a person, before its first bytes showed what it speaks. No frame begins but with a zero, and
    // no line of a person's ends as those of IRC do.
    private static void SkipWhatAPersonIsTold(ref ReadOnlySpan<byte> told, bool isIrc)
    {
        if (!isIrc)
        {
            var frame = told.IndexOf((byte)0);
            told = frame < 0 ? default : told[frame..];
            return;
        }

        while (told.IndexOf((byte)'\n') is var end and > 0 && told[end - 1] != (byte)'\r')
        {
            told = told[(end + 1)..];
        }
    }

    private static string? Lines(ref ReadOnlySpan<byte> told, bool isIrc)
    {
        SkipRefusals(ref told, isIrc);
        while (told.IndexOf((byte)'\n') is var end and >= 0)
        {
            var line = told[..(end + 1)];
            if (!ReferenceUtf8.IsValid(line) || (isIrc && !IsIrc(line)))
            {
                return $"a client gets this line: {Show(line)}";
            }

            told = told[line.Length..];
            SkipRefusals(ref told, isIrc);
        }

        return null;
    }

    // A client on lines that asks for a telnet option is told, between two lines, that it is off: WONT or DONT.
    private static void SkipRefusals(ref ReadOnlySpan<byte> told, bool isIrc)
    {
        while (!isIrc && told is [255, 252 or 254, _, ..])
        {
            told = told[3..];
        }
    }

    private static bool IsIrc(ReadOnlySpan<byte> line)
    {
        var tags = line[0] == (byte)'@' ? line.IndexOf((byte)' ') + 1 : 0;
        return tags <= MaxTagBytes && line.Length - tags is > 1 and <= MaxLineBytes
            && line[^2] == (byte)'\r' && !line[..^2].ContainsAny((byte)'\r', (byte)0);
    }

    private static string? Frames(ref ReadOnlySpan<byte> told)
    {
        while (told.Length >= HeaderBytes)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(told);
            if (length > told.Length - HeaderBytes)
            {
                return null;
            }

            if (length < 0 || !IsJson(told.Slice(HeaderBytes, length)))
            {
                return $"a client gets this frame: {Show(told)}";
            }

            told = told[(HeaderBytes + length)..];
        }

        return null;
    }

    private static bool IsJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Show(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes[..Math.Min(bytes.Length, MaxShown)]);
}
