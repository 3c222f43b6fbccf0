namespace MuxChat.Storage.Disks;

/// <summary>Reads and writes a file to the end, where one call may do less.</summary>
internal static class DiskFileExtensions
{
    private const int CopyBytes = 256 * 1024;

    /// <summary>Writes all bytes. On failure, some of them may be in the file.</summary>
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
                return DiskResult.Failed("the disk wrote nothing and gave no reason");
            }

            offset += written;
            bytes = bytes[written..];
        }

        return DiskResult.Done;
    }

    /// <summary>Writes the bytes of a range again, unchanged, so that the next sync makes them durable.</summary>
    /// <remarks>
    /// After a failed sync, the system may count unwritten bytes as written. Because the bytes are
    /// the same, a power cut in the middle does no harm.
    /// </remarks>
    public static DiskResult WriteAgain(this IDiskFile file, long from, long end)
    {
        var buffer = new byte[Math.Clamp(end - from, 0, CopyBytes)];
        while (from < end)
        {
            var result = file.Read(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - from)), out var count);
            result = result.IsOk && count == 0 ? DiskResult.Failed("the file shrank while it was being read") : result;
            result = result.IsOk ? file.WriteAll(from, buffer.AsSpan(0, count)) : result;
            if (!result.IsOk)
            {
                return result;
            }

            from += count;
        }

        return DiskResult.Done;
    }

    /// <summary>Reads a whole file. Fails if it is longer than <paramref name="max"/> bytes.</summary>
    public static DiskResult ReadAll(this IDiskFile file, int max, out byte[] bytes)
    {
        bytes = [];
        var result = file.GetLength(out var length);
        if (!result.IsOk || length > max)
        {
            return result.IsOk ? DiskResult.Failed($"the file is longer than {max} bytes") : result;
        }

        bytes = new byte[length];
        for (var at = 0; at < bytes.Length;)
        {
            result = file.Read(at, bytes.AsSpan(at), out var count);
            if (!result.IsOk || count == 0)
            {
                return result.IsOk ? DiskResult.Failed("the file shrank while it was being read") : result;
            }

            at += count;
        }

        return result;
    }
}
