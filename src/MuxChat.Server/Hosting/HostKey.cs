using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Delivery;

namespace MuxChat.Server.Hosting;

/// <summary>
/// The key of <see cref="HostNames"/>. With <c>--data</c> it is kept there, so that a ban of a host means the same host after a restart;
/// else each start makes one.
/// </summary>
internal static class HostKey
{
    /// <summary>The name of its file.</summary>
    public const string FileName = "hosts.key";

    private const int Bytes = 32;

    /// <summary>Reads the key, or makes it.</summary>
    /// <param name="directory">What <c>--data</c> names, which is there; null without it.</param>
    /// <param name="logger">Hears that the key cannot be kept.</param>
    /// <exception cref="OperatorException">There is a file that cannot be read, or is no key.</exception>
    public static byte[] Of(string? directory, ILogger logger)
    {
        var path = directory is null ? null : Path.Combine(directory, FileName);
        return path is null ? RandomNumberGenerator.GetBytes(Bytes) : File.Exists(path) ? Read(path) : Make(path, logger);
    }

    private static byte[] Read(string path)
    {
        try
        {
            var key = File.ReadAllBytes(path);
            return key.Length == Bytes ? key : throw new OperatorException(OperatorException.CouldNotStart,
                $"{path} has {key.Length} bytes, a key has {Bytes}: put back the right one, or remove it, and bans of hosts match nobody");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(OperatorException.CouldNotStart, $"{path}: {exception.Message}");
        }
    }

    // Under another name first: whole or not at all. Readable for the server's user alone: who has the key can try all addresses.
    private static byte[] Make(string path, ILogger logger)
    {
        var key = RandomNumberGenerator.GetBytes(Bytes);
        try
        {
            var unfinished = path + ".new";
            using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
            {
                if (!OperatingSystem.IsWindows())
                {
                    // Whatever the umask.
                    File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }

                file.Write(key);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.HostKeyNotKept(path, exception.Message);
        }

        return key;
    }
}
