using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;

namespace MuxChat.UnitTests.Core.Chat.Files;

public sealed class DownloadTests
{
    private const int Block = IFileStore.MaxReadBytes;

    private readonly FileFixture _chat = new(new FileLimits { Downloads = 2 });
    private readonly Session _ann;
    private readonly byte[] _content = Bytes.Random(new Random(1), (3 * Block) + 5);
    private readonly SharedFile _file;

    public DownloadTests()
    {
        _ann = _chat.Chat.Connect("ann");
        _file = _chat.Share(_ann, _content);
    }

    [Theory]
    [InlineData(0, (3 * Block) + 5)]
    [InlineData(1, Block)]
    [InlineData(Block - 1, 2)]
    [InlineData((3 * Block) + 4, 1)]
    [InlineData((3 * Block) + 5, 0)]
    [InlineData(0, Block)]
    [InlineData(0, Block + 1)]
    public void Bytes_come_in_order_and_none_is_missing(int offset, int length)
    {
        using var download = _chat.Files.TryOpen(_file, offset, length, _ann.Recipient);
        var read = new List<byte>();
        while (download!.LeftBytes > 0)
        {
            if (!download.IsReady)
            {
                _chat.Files.Collect();
            }

            Assert.True(download.IsReady);
            var taken = download.Take(45_000);
            Assert.False(taken.IsEmpty);
            read.AddRange(taken);
        }

        Assert.True(download is { IsReady: true, HasFailed: false });
        Assert.Equal(_content.AsSpan(offset, length).ToArray(), read);
        Assert.True(download.Take(1).IsEmpty);
    }

    [Theory]
    [InlineData(57)]
    [InlineData(45_000)]
    [InlineData(Block - 1)]
    [InlineData(Block)]
    public void Every_part_but_the_last_has_all_its_bytes(int partBytes)
    {
        using var download = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient, partBytes);
        var read = new List<byte>();
        while (download!.LeftBytes > 0)
        {
            _chat.Files.Collect();
            var taken = download.Take(partBytes);
            Assert.True(taken.Length == partBytes || download.LeftBytes == 0);
            read.AddRange(taken);
        }

        Assert.Equal(_content, read);
    }

    [Fact]
    public void Client_that_does_not_read_has_two_blocks_waiting_and_no_more()
    {
        using var download = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient);
        for (var tick = 0; tick < 10; tick++)
        {
            _chat.Files.Collect();
        }

        Assert.Equal([(0L, Block), (Block, Block)], _chat.Store.Reads.Select(static one => (one.Offset, one.Length)));
        Assert.Equal(Block, download!.Take(int.MaxValue).Length);
        Assert.Equal(3, _chat.Store.Reads.Count);
    }

    [Fact]
    public void Download_waits_for_a_store_that_reads_too_much_already()
    {
        _chat.Store.RefusesReads = true;
        using var download = _chat.Files.TryOpen(_file, 0, 10, _ann.Recipient);
        _chat.Files.Collect();
        _chat.Files.Collect();
        Assert.False(download!.IsReady);
        _chat.Store.RefusesReads = false;
        _chat.Files.Collect();
        _chat.Files.Collect();
        Assert.Equal(_content.AsSpan(0, 10), download.Take(10));
    }

    [Fact]
    public void Downloads_take_turns_when_the_store_takes_fewer_reads_than_there_are_downloads()
    {
        _chat.Store.MaxReads = 1;
        using var first = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient);
        using var second = _chat.Files.TryOpen(_file, 1, Block, _ann.Recipient);
        for (var tick = 0; tick < 3; tick++)
        {
            _chat.Files.Collect();
            first!.Take(Block);
        }

        Assert.True(second!.IsReady);
        Assert.Equal([0L, 1, Block], _chat.Store.Reads.Take(3).Select(static one => one.Offset));
    }

    [Fact]
    public void Download_that_waits_for_the_store_waits_once_and_ends_in_peace()
    {
        _chat.Store.MaxReads = 1;
        using var first = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient);
        var second = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient)!;
        second.Take(1);
        second.Take(1);
        second.Dispose();
        for (var tick = 0; tick < 10; tick++)
        {
            _chat.Files.Collect();
            first!.Take(Block);
        }

        Assert.Equal(0, first!.LeftBytes);
        Assert.Equal(4, _chat.Store.Reads.Count);
    }

    [Theory]
    [InlineData(FileStatus.Failed)]
    [InlineData(FileStatus.Missing)]
    public void Download_fails_when_a_block_cannot_be_read(FileStatus status)
    {
        using var download = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient);
        _chat.Store.ReadStatus = status;
        _chat.Files.Collect();
        _chat.Files.Collect();
        Assert.True(download is { HasFailed: true, IsReady: true });
        Assert.Equal(2, _chat.Store.Reads.Count);
        _chat.Files.Collect();
        Assert.Equal(2, _chat.Store.Reads.Count);
    }

    [Fact]
    public void Downloads_beyond_the_number_are_refused_until_one_ends()
    {
        var first = _chat.Files.TryOpen(_file, 0, 1, _ann.Recipient);
        using var second = _chat.Files.TryOpen(_file, 0, 1, _ann.Recipient);
        Assert.NotNull(second);
        Assert.Null(_chat.Files.TryOpen(_file, 0, 1, _ann.Recipient));
        first!.Dispose();
        first.Dispose();
        Assert.Equal(1, _chat.Files.DownloadCount);
        using var third = _chat.Files.TryOpen(_file, 0, 1, _ann.Recipient);
        Assert.NotNull(third);
    }

    [Fact]
    public void Download_beyond_the_number_takes_the_place_of_the_slowest_that_reads_too_slowly()
    {
        var limits = new FileLimits();
        using var first = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient);
        _chat.Files.Collect();
        Advance(1);
        using var second = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient);
        _chat.Files.Collect();
        Advance(limits.SlowMs - 2);
        Assert.Null(_chat.Files.TryOpen(_file, 0, 1, _ann.Recipient));
        Assert.False(first!.HasFailed);
        Advance(1);
        var wakes = ((RecordingRecipient)_ann.Recipient).Wakes;
        using var third = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient);
        Assert.NotNull(third);
        Assert.Equal((true, false, wakes + 1), (first.HasFailed, second!.HasFailed, ((RecordingRecipient)_ann.Recipient).Wakes));
        Assert.Equal(2, _chat.Files.DownloadCount);

        second.Take(1);
        Advance(1);
        Assert.Null(_chat.Files.TryOpen(_file, 0, 1, _ann.Recipient));
        Assert.False(second.HasFailed);
    }

    [Fact]
    public void Download_that_waits_for_the_disk_is_not_a_slow_one()
    {
        using var first = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient);
        using var second = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient);
        Advance(new FileLimits().SlowMs);
        Assert.Null(_chat.Files.TryOpen(_file, 0, 1, _ann.Recipient));
        _chat.Files.Collect();
        Assert.Null(_chat.Files.TryOpen(_file, 0, 1, _ann.Recipient));
        Assert.False(first!.HasFailed || second!.HasFailed);
    }

    [Theory]
    [InlineData("here", false, false)]
    [InlineData("here", true, true)]
    [InlineData("there", false, true)]
    public void Clients_of_one_host_have_a_quarter_of_the_downloads(string host, bool isLoopback, bool isServed)
    {
        var chat = new FileFixture(new FileLimits { Downloads = 20 });
        var file = chat.Share(chat.Chat.Connect("ann"), [1]);
        for (var i = 0; i < 5; i++)
        {
            Assert.NotNull(chat.Files.TryOpen(file, 0, 1, new RecordingRecipient { Host = "here" }));
        }

        var sixth = chat.Files.TryOpen(file, 0, 1, new RecordingRecipient { Host = host, IsLoopback = isLoopback });
        Assert.Equal(isServed, sixth is not null);
    }

    [Fact]
    public void Ended_download_takes_nothing_that_comes_later()
    {
        var download = _chat.Files.TryOpen(_file, 0, _file.SizeBytes, _ann.Recipient)!;
        download.Dispose();
        _chat.Files.Collect();
        Assert.Single(_chat.Store.Reads);
        Assert.True(download.Take(1).IsEmpty);
        Assert.Equal(0, _chat.Files.DownloadCount);
    }

    private void Advance(long milliseconds)
    {
        _chat.Chat.Time.AdvanceMs(milliseconds);
        _chat.Chat.Clock.Refresh();
    }
}
