using MuxChat.Core.Chat.Files;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>What a caller of the store got.</summary>
internal sealed class FileCaller : IFileCaller
{
    public List<FileStatus> Outcomes { get; } = [];

    public byte[] Sha256 { get; private set; } = [];

    public int Rooms { get; private set; }

    public List<(FileStatus Status, byte[] Bytes)> Reads { get; } = [];

    /// <summary>Called within each outcome of a read and each room.</summary>
    public Action? Then { get; set; }

    public void OnStored(FileStatus status, byte[] sha256)
    {
        Outcomes.Add(status);
        Sha256 = sha256;
    }

    public void OnRoom()
    {
        Rooms++;
        Then?.Invoke();
    }

    public void OnRead(FileStatus status, ReadOnlySpan<byte> bytes)
    {
        Reads.Add((status, bytes.ToArray()));
        Then?.Invoke();
    }
}
