using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Delivery;
using MuxChat.Server.Logging;
using MuxChat.Storage.Disks;

namespace MuxChat.Server.Hosting;

/// <summary>The key of <see cref="HostNames"/>.</summary>
/// <remarks>
/// With <c>--data</c> the key is stored there, so that a ban of a host matches the same host after
/// a restart. Otherwise each start creates a new key.
/// </remarks>
internal static class HostKey
{
    /// <summary>The name of the key's file.</summary>
    public const string FileName = "hosts.key";

    private const int Bytes = 32;

    /// <summary>Reads the key, or creates it.</summary>
    /// <param name="directory">The existing directory of <c>--data</c>; null without it.</param>
    /// <param name="logger">Receives a warning if the key cannot be stored.</param>
    /// <exception cref="StartupException">The file exists, but cannot be read or is no key.</exception>
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
            // Read one byte more than a key has, to detect a longer file.
            var key = SmallFiles.Read(path, Bytes + 1);
            return key.Length == Bytes ? key : throw new StartupException(StartupException.CouldNotStart,
                $"{path} is not a key of {Bytes} bytes: put back the right file, or remove it (old bans of hosts then match no client)");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(StartupException.CouldNotStart, $"{path}: {exception.Message}");
        }
    }

    // Only the server's user may read the key, because it lets its reader try all addresses. The
    // key is durable before any ban that depends on it.
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
