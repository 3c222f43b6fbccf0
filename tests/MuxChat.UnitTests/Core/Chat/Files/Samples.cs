using MuxChat.Core.Chat.Files;

namespace MuxChat.UnitTests.Core.Chat.Files;

/// <summary>Files as a start finds them.</summary>
internal static class Samples
{
    public static SharedFile File(FileId id, long number = 1, string room = "#lobby", long size = 3, bool isClosed = false) => new()
    {
        Id = id,
        Number = number,
        Name = "a.txt"u8.ToArray(),
        SizeBytes = size,
        Room = Bytes.Utf8(room),
        From = "ann"u8.ToArray(),
        UnixMs = 1_000,
        Sha256 = new byte[32],
        IsClosed = isClosed,
    };
}
