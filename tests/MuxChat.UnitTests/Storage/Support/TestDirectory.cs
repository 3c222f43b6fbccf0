using MuxChat.Storage.Disks;

namespace MuxChat.UnitTests.Storage.Support;

/// <summary>A directory of the real disk, gone after the test.</summary>
internal sealed class TestDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("muxchat-journal-").FullName;

    public RealDisk Disk
    {
        get
        {
            var result = RealDisk.Open(Path, create: true, out var disk);
            Assert.True(result.IsOk, result.Message);
            return disk!;
        }
    }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
