using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Protocols;
using MuxChat.Testing.Files;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>Clients of the loop that read a file slowly.</summary>
public sealed class FileReaderTests
{
    private readonly LoopFixture _bench = new();

    [Fact]
    public void Reader_whose_channel_takes_bytes_and_is_not_reported_as_writable_is_not_closed()
    {
        var bob = _bench.Connect();
        Share(1_000_000);
        bob.Window = 1_000;
        bob.ReportedWindow = 100_000;
        bob.Type("/get 1\n");
        Assert.True(_bench.RunFor(1_000));
        for (var minute = 0; minute < 10; minute++)
        {
            bob.Window = 100;
            Assert.True(_bench.RunFor(OutputProgress.LookMs));
            Assert.False(bob.IsClosed);
        }

        Assert.InRange(bob.ReadBytes().Length, 1_900, 2_000);
        Assert.True(_bench.RunFor(OutputProgress.LookMs * 2));
        Assert.True(bob.IsClosed);
        Assert.Equal(0, _bench.Hub.Files.DownloadCount);
    }

    [Fact]
    public void Reader_that_is_slow_and_steady_is_no_slow_consumer()
    {
        var bob = _bench.Connect();
        Share(600_000);
        bob.Window = 0;
        bob.Type("/get 1\n");
        var read = 0;
        for (var second = 0; read < 830_000; second++)
        {
            Assert.InRange(second, 0, 430);
            bob.Window = 2_000;
            Assert.True(_bench.RunFor(1_000));
            read += bob.ReadBytes().Length;
        }

        Assert.False(bob.IsClosed);
    }

    private void Share(int length)
    {
        var ids = 0;
        var files = _bench.Hub.Files;
        files.Use(new HeapFileStore(), [], () => new FileId((UInt128)(++ids)));
        var sender = _bench.Hub.FindPerson("guest-1"u8)!.Session!;
        var request = new UploadRequest("a"u8.ToArray(), length, FileHash.None, "#lobby"u8.ToArray(), sender.Person, sender.Recipient);
        Assert.Equal(ErrorCode.None, files.Begin(request, out var upload).Code);
        Assert.True(upload!.Append(new byte[length]).IsOk);
        files.Collect();
    }
}
