using System.Text;
using MuxChat.Core.Chat.Text;
using MuxChat.Storage.Disks;

namespace MuxChat.Server.Hosting;

/// <summary>Reads and checks the message of the day.</summary>
internal static class Motd
{
    /// <summary>The most bytes: 16 KiB, so that a welcome with it always fits in a frame. A longer file is an error.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>
    /// The most lines: 500. The rest is left out. IRC adds about 40 bytes to each line, even an empty
    /// one, and the text should stay small in every protocol.
    /// </summary>
    public const int MaxLines = 500;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// Returns the text with LF line ends, without a byte-order mark and trailing empty lines; null when no file is named.
    /// </summary>
    /// <param name="file">The file; null for none.</param>
    /// <param name="warn">Receives the number of lines if there are too many.</param>
    /// <exception cref="StartupException">The file cannot be read, is too long, or is not plain UTF-8 text.</exception>
    public static byte[]? Read(string? file, Action<int> warn)
    {
        if (file is null)
        {
            return null;
        }

        var bytes = ReadBytes(file);
        var text = bytes.AsSpan();
        if (text.StartsWith(ByteOrderMark))
        {
            text = text[ByteOrderMark.Length..];
        }

        var lines = Encoding.UTF8.GetString(text).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (!ChatText.IsUtf8(text) || lines.Any(line => ChatText.HasControl(Encoding.UTF8.GetBytes(line))))
        {
            throw new StartupException(StartupException.CouldNotStart,
                $"--motd {file} is not plain UTF-8 text: control characters are not allowed");
        }

        if (lines.Length > MaxLines)
        {
            warn(lines.Length);
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines.Take(MaxLines)));
    }

    private static byte[] ReadBytes(string file)
    {
        try
        {
            var bytes = SmallFiles.Read(file, MaxBytes + 1);
            return bytes.Length <= MaxBytes
                ? bytes
                : throw new StartupException(StartupException.CouldNotStart,
                    $"--motd {file} has more than {MaxBytes} bytes, the maximum");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(StartupException.CouldNotStart, $"cannot read --motd {file}: {error.Message}");
        }
    }
}
