namespace MuxChat.Core.Chat.Files;

/// <summary>Recognises images by their first bytes. The name of a file and its sender's word count for nothing.</summary>
/// <remarks>
/// Only formats that browsers decode as images and never run (WHATWG MIME Sniffing, section 6.1). SVG is not one of them: it may hold
/// scripts.
/// </remarks>
public static class ImageType
{
    /// <summary>Bytes of a file that decide: 16.</summary>
    public const int LookBytes = 16;

    /// <summary>Returns the media type; empty for anything but an image.</summary>
    /// <param name="first">The first bytes: all of a file shorter than <see cref="LookBytes"/>.</param>
    public static string Of(ReadOnlySpan<byte> first) =>
        first is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] ? "image/png"
        : first is [0xFF, 0xD8, 0xFF, ..] ? "image/jpeg"
        : first.StartsWith("GIF87a"u8) || first.StartsWith("GIF89a"u8) ? "image/gif"
        : first.Length >= 14 && first.StartsWith("RIFF"u8) && first[8..].StartsWith("WEBPVP"u8) ? "image/webp"
        : first.StartsWith("BM"u8) && first.Length >= LookBytes && first[6..10].IndexOfAnyExcept((byte)0) < 0 ? "image/bmp"
        : "";
}
