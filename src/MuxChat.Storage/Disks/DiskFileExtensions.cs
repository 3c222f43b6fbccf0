namespace MuxChat.Storage.Disks;

/// <summary>Reading and writing to the end, where a file may do less at a time.</summary>
internal static class DiskFileExtensions
{
    /// <summary>Writes all bytes. When it fails, some of them may be in the file.</summary>
    public static DiskResult WriteAll(this IDiskFile file, long offset, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var result = file.Write(offset, bytes, out var written);
            if (!result.IsOk)
            {
                return result;
            }

            if (written <= 0)
            {
                return DiskResult.Failed("the disk wrote nothing and did not say why");
            }

            offset += written;
            bytes = bytes[written..];
        }

        return DiskResult.Done;
    }

    /// <summary>Reads a whole file that is at most <paramref name="most"/> bytes long.</summary>
    public static DiskResult ReadAll(this IDiskFile file, int most, out byte[] bytes)
    {
        bytes = [];
        var result = file.GetLength(out var length);
        if (!result.IsOk || length > most)
        {
            return result.IsOk ? DiskResult.Failed($"the file is longer than {most} bytes") : result;
        }

        bytes = new byte[length];
        for (var at = 0; at < bytes.Length;)
        {
            result = file.Read(at, bytes.AsSpan(at), out var count);
            if (!result.IsOk || count == 0)
            {
                return result.IsOk ? DiskResult.Failed("the file became shorter while it was read") : result;
            }

            at += count;
        }

        return result;
    }
}
