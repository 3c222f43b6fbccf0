using System.Text;

namespace MuxChat.Core.Chat.Files;

/// <summary>The paths of files on the server's site: <c>/files/ID/NAME</c>.</summary>
/// <remarks>The id alone decides. The name is there so that a browser saves the file under it.</remarks>
public static class FileLink
{
    /// <summary>The beginning of every path.</summary>
    public const string Prefix = "/files/";

    /// <summary>
    /// The beginning of the paths to which clients send new files; a key from <see cref="FileSharing.UploadKeys"/> follows.
    /// </summary>
    public const string UploadPrefix = Prefix + "upload/";

    /// <summary>The parameter of a query that has a member's key, see <see cref="LinkKeys"/>.</summary>
    public const string KeyParameter = "for";

    // RFC 3986, section 2.3: characters that need no escape.
    private static ReadOnlySpan<byte> Unreserved => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8;

    /// <summary>Returns the path of a file, with the name percent-encoded (RFC 3986, section 2.1).</summary>
    /// <param name="id">The id in hexadecimal.</param>
    /// <param name="name">The name in UTF-8.</param>
    public static byte[] PathOf(ReadOnlySpan<byte> id, ReadOnlySpan<byte> name)
    {
        var path = new List<byte>(Encoding.ASCII.GetBytes(Prefix));
        path.AddRange(id);
        path.Add((byte)'/');
        foreach (var one in name)
        {
            path.AddRange(Unreserved.Contains(one) ? [one] : Encoding.ASCII.GetBytes($"%{one:X2}"));
        }

        return [.. path];
    }

    /// <summary>Returns the path to which the bytes of an upload go.</summary>
    public static byte[] PathOf(Upload upload, FileId key) => Encoding.ASCII.GetBytes($"{Prefix}{upload.Id}?{KeyParameter}={key}");

    /// <summary>Returns the key in a query; empty for none.</summary>
    /// <param name="query">The query, without its question mark.</param>
    public static ReadOnlySpan<byte> KeyIn(ReadOnlySpan<byte> query)
    {
        foreach (var range in query.Split((byte)'&'))
        {
            var parameter = query[range];
            if (parameter.StartsWith("for="u8))
            {
                return parameter["for=".Length..];
            }
        }

        return default;
    }

    /// <summary>Returns the path of a file, with a member's key if the file is not for everyone.</summary>
    public static byte[] PathOf(SharedFile file, FileId? key)
    {
        var path = PathOf(file.Id.ToBytes(), file.Name);
        return key is null ? path : [.. path, .. Encoding.ASCII.GetBytes($"?{KeyParameter}={key}")];
    }
}
