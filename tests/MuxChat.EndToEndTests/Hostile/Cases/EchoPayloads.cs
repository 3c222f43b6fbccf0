namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>
/// What a client may send that means something to another server, or to a terminal. An echo sends it back and does nothing.
/// </summary>
internal static class EchoPayloads
{
    public static readonly (string Name, byte[] Bytes)[] All =
    [
        ("a chat command", [.. "/quit {mark}\n"u8]),
        ("a text for the chat", [.. "hello {mark}\r\n"u8]),
        ("a JSON command", [.. "\0\0\0\u000f{\"type\":\"quit\"}"u8]),
        ("a client of IRC", [.. "NICK {mark}\r\nUSER {mark} 0 * :x\r\nJOIN #lobby\r\nPRIVMSG #lobby :{mark}\r\n"u8]),
        ("an HTTP request", [.. "GET /{mark} HTTP/1.1\r\nHost: {mark}\r\n\r\n"u8]),
        ("a TLS hello", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03, .. new byte[64]]),
        ("the PROXY protocol", [.. "PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n{mark}"u8]),
        ("telnet requests", [0xFF, 0xFB, 0x01, 0xFF, 0xFD, 0x18, 0xFF, 0xFA, 0x18, 0x01, 0xFF, 0xF0]),
        ("one NUL", [0]),
        ("a thousand NULs", new byte[1000]),
        ("control characters", [.. "\u001b[2J\u001b]0;{mark}\u0007\b\b\u007f\r"u8]),
        ("every byte there is", [.. Enumerable.Range(0, 256).Select(static value => (byte)value)]),
        ("bad UTF-8", [0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF0, 0x9F, 0xFE, 0xFF, 0xC3]),
        ("letters behind bad UTF-8", [0xFF, .. "abc"u8, 0xE9, .. "def"u8]),
        ("a BOM", [0xEF, 0xBB, 0xBF, .. "bom"u8]),
        ("lines without an end", [.. "{mark} {mark} {mark}"u8]),
        ("noise", Noise(3000)),
    ];

    /// <summary>Bytes without a pattern, the same in every run: a linear congruential generator (Knuth, TAOCP 2, 3.2.1).</summary>
    public static byte[] Noise(int bytes)
    {
        var state = 1u;
        var noise = new byte[bytes];
        for (var i = 0; i < bytes; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;

            // No braces, which would begin a placeholder of the table.
            noise[i] = (byte)(state >> 24) is (byte)'{' or (byte)'}' ? (byte)'x' : (byte)(state >> 24);
        }

        return noise;
    }

    /// <summary>What <c>upper</c> makes of it.</summary>
    public static byte[] Upper(byte[] bytes) =>
        [.. bytes.Select(static value => value is >= (byte)'a' and <= (byte)'z' ? (byte)(value - 32) : value)];
}
