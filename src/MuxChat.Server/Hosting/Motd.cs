using MuxChat.Core.Chat;

namespace MuxChat.Server.Hosting;

/// <summary>Reads and checks the message of the day.</summary>
internal static class Motd
{
    /// <summary>Its longest size in bytes: 16 KiB, so that a welcome always fits a frame.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>The text with LF line ends and without a last empty line; null when no file is named.</summary>
    /// <exception cref="OperatorException">The file cannot be read or is no such text.</exception>
    public static byte[]? Read(string? file)
    {
        if (file is null)
        {
            return null;
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(OperatorException.CouldNotStart, $"cannot read --motd {file}: {error.Message}");
        }

        if (bytes.Length > MaxBytes)
        {
            throw new OperatorException(OperatorException.CouldNotStart, $"--motd {file} has {bytes.Length} bytes: at most {MaxBytes} are allowed");
        }

        var lines = System.Text.Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (!ChatText.IsUtf8(bytes) || lines.Any(line => ChatText.HasControl(System.Text.Encoding.UTF8.GetBytes(line))))
        {
            throw new OperatorException(OperatorException.CouldNotStart, $"--motd {file} is not plain UTF-8 text: control characters are not allowed");
        }

        return System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
