using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Delivery;
using MuxChat.Server.Logging;
using MuxChat.Storage.Disks;

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
    /// <exception cref="StartupException">There is a file that cannot be read, or is no key.</exception>
    public static byte[] Of(string? directory, ILogger logger)
    {
        if (directory is null)
        {
            return RandomNumberGenerator.GetBytes(Bytes);
        }

        var path = Path.Combine(directory, FileName);
        return Path.Exists(path) ? Read(path) : Make(directory, path, logger);
    }

    private static byte[] Read(string path)
    {
        try
        {
            // One more than a key has: then it is none.
            var key = SmallFiles.Read(path, Bytes + 1);
            return key.Length == Bytes ? key : throw new StartupException(StartupException.CouldNotStart,
                $"{path} is not a key of {Bytes} bytes: put back the right file, or remove it (old bans of hosts then match no client)");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(StartupException.CouldNotStart, $"{path}: {exception.Message}");
        }
    }

    // For the server's user alone: who has the key can try all addresses. Durable before any ban that depends on it.
    private static byte[] Make(string directory, string path, ILogger logger)
    {
        var key = RandomNumberGenerator.GetBytes(Bytes);
        var result = SmallFiles.WritePrivate(directory, FileName, key);
        if (!result.IsOk)
        {
            logger.HostKeyNotKept(path, result.Message);
        }

        return key;
    }
}
