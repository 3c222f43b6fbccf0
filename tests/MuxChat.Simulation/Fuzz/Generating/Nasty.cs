namespace MuxChat.Simulation.Fuzz.Generating;

/// <summary>Bytes that decoders have stumbled over since there are decoders.</summary>
internal static class Nasty
{
    public static readonly byte[][] Utf8 =
    [
        [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
        [0xED, 0xA0, 0xBD, 0xED, 0xB1, 0x8B],
        [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        [0x80], [0xBF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x91], [0xC2, 0x80], [0xC2, 0x85], [0xC2, 0x9B], [0xC2, 0xA0],
        [0xE2, 0x80, 0xAE], [0xE2, 0x80, 0x8B],
        [0xEF, 0xBB, 0xBF], [0xEF, 0xBF, 0xBE], [0xF0, 0x9F, 0x91, 0x8B], [0xE4, 0xB8, 0x96], [0xC3, 0xA9], [0x7F], [0x1B, (byte)'['], [0],
    ];

    public static readonly byte[][] Telnet =
    [
        [255, 251, 1], [255, 252, 10], [255, 253, 255], [255, 254, 3], [255, 241], [255, 249], [255, 240], [255, 255], [255],
        [255, (byte)'a'], [255, 10], [255, 13],
        [255, 250, 24, 255, 240], [255, 250, 255, 240], [255, 250, 10, 255, 255, 255, 240], [255, 250, 24], [255, 250, 24, 10, 255],
        [255, 239], [255, 255, 255, 241],
        [255, 253, 6], [255, 244, 255, 253, 6], [255, 237], [255, 235], [255, 250, 24, 255, 244, 255, 253, 6], [13, 0], [13], [0],
    ];

    public static readonly byte[][] Integers =
    [
        [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 2], [0, 0, 0, 15], [0, 0, 0, 16], [0, 0, 0, 63], [0, 0, 0, 64], [0, 0, 0, 65],
        [0, 0, 0, 255], [0, 0, 1, 0],
        [0, 0, 1, 1], [0, 0, 0x7F, 0xFF], [0, 0, 0xFF, 0xFF], [0, 1, 0, 0], [0, 1, 0, 1], [0, 4, 0, 0], [0, 4, 0, 1],
        [0, 0xFF, 0xFF, 0xFF], [1, 0, 0, 0],
        [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFC], [0xFF, 0xFF, 0xFF, 0xFF], [0x0F, 0, 0, 0], [0x40, 0, 0, 0],
    ];

    public static readonly byte[][] Tokens =
    [
        [10], [13], [13, 10], [13, 13, 10], [10, 13], [(byte)'/'], [(byte)' '], [(byte)'#'], [(byte)'"'], [(byte)'\\'], [(byte)'{'],
        [(byte)'}'], [(byte)'['], [(byte)']'],
        [(byte)','], [(byte)':'], "\\u0000"u8.ToArray(), "\\ud800"u8.ToArray(), "\\udc00"u8.ToArray(), "\\ud83d\\udc4b"u8.ToArray(),
        "\\n"u8.ToArray(), "null"u8.ToArray(),
        "1e999"u8.ToArray(), "\"type\":"u8.ToArray(), "\"text\":"u8.ToArray(), "\"id\":"u8.ToArray(), " HTTP/1.1"u8.ToArray(),
        "GET / "u8.ToArray(), [0x16, 0x03],
    ];
}
