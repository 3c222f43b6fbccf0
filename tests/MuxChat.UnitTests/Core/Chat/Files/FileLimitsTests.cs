using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;

namespace MuxChat.UnitTests.Core.Chat.Files;

/// <summary>Each limit: reached, and passed by one.</summary>
public sealed class FileLimitsTests
{
    [Fact]
    public void File_of_the_longest_length_is_taken_and_one_byte_more_is_not()
    {
        var chat = new FileFixture(new FileLimits { FileBytes = 5 });
        var ann = chat.Chat.Connect("ann");
        chat.Share(ann, new byte[5]);
        var refused = chat.Begin(ann, 6, out var upload);
        Assert.Equal((ErrorCode.FileTooLarge, "the file has 6 bytes: at most 5 are allowed"), (refused.Code, refused.Message));
        Assert.Null(upload);
        Assert.Equal(ErrorCode.MissingField, chat.Begin(ann, -1, out _).Code);
    }

    [Fact]
    public void File_longer_than_all_files_together_may_be_is_refused()
    {
        var chat = new FileFixture(new FileLimits { FileBytes = 10, TotalBytes = 5 });
        var ann = chat.Chat.Connect("ann");
        chat.Share(ann, new byte[5]);
        Assert.Equal("the file has 6 bytes: at most 5 are allowed", chat.Begin(ann, 6, out _).Message);
    }

    [Fact]
    public void Longest_length_of_0_switches_files_off()
    {
        var chat = new FileFixture(new FileLimits { FileBytes = 0 });
        Assert.False(chat.Files.IsOn);
        Assert.Equal(ErrorCode.FilesOff, chat.Begin(chat.Chat.Connect("ann"), 0, out _).Code);
    }

    [Fact]
    public void File_that_alone_fills_the_total_stays()
    {
        var chat = new FileFixture(new FileLimits { TotalBytes = 10 });
        var ann = chat.Chat.Connect("ann");
        Assert.NotNull(chat.Find(ann, chat.Share(ann, new byte[10]).Id));
        var second = chat.Share(ann, new byte[6]);
        Assert.NotNull(chat.Find(ann, second.Id));
        Assert.Equal(["a.txt"], chat.ListOf(ann, "#lobby"));
    }

    [Fact]
    public void Oldest_files_go_as_the_bytes_arrive_and_no_more_of_them_than_needed()
    {
        var chat = new FileFixture(new FileLimits { TotalBytes = 10 });
        var ann = chat.Chat.Connect("ann");
        var files = Enumerable.Range(0, 3).Select(_ => chat.Share(ann, new byte[3])).ToArray();
        var upload = chat.Begin(ann, 4);
        upload.Append([1]);
        Assert.Empty(chat.Store.Deleted);
        upload.Append([2]);
        Assert.Equal([files[0].Id], chat.Store.Deleted);
        upload.Append([3, 4]);
        chat.Files.Collect();
        Assert.True(upload.Outcome is { IsOk: true });
        Assert.Equal([files[0].Id], chat.Store.Deleted);
        Assert.Equal(3, chat.ListOf(ann, "#lobby").Length);
        Assert.Null(chat.Find(ann, files[0].Id));
    }

    [Fact]
    public void Failed_upload_counts_no_more()
    {
        var chat = new FileFixture(new FileLimits { TotalBytes = 10 });
        var ann = chat.Chat.Connect("ann");
        var upload = chat.Begin(ann, 6);
        upload.Append(new byte[5]);
        chat.Store.Fail(upload.Id, FileStatus.Failed);
        chat.Files.Collect();
        Assert.Equal(0, chat.Files.Uploads.ReceivedBytes);
        chat.Share(ann, new byte[5]);
        chat.Share(ann, new byte[5]);
        Assert.Equal(2, chat.ListOf(ann, "#lobby").Length);
    }

    [Fact]
    public void Oldest_file_goes_when_there_is_one_too_many()
    {
        var chat = new FileFixture(new FileLimits { Files = 2 });
        var ann = chat.Chat.Connect("ann");
        var first = chat.Share(ann, [1], name: "1");
        chat.Share(ann, [2], name: "2");
        Assert.Empty(chat.Store.Deleted);
        chat.Share(ann, [3], name: "3");
        Assert.Equal(["2", "3"], chat.ListOf(ann, "#lobby"));
        Assert.Equal([first.Id], chat.Store.Deleted);
    }

    [Fact]
    public void Client_has_so_many_uploads_and_another_client_has_its_own()
    {
        var chat = new FileFixture(new FileLimits { UploadsPerClient = 2 });
        var (ann, bob) = (chat.Chat.Connect("ann"), chat.Chat.Connect("bob"));
        var first = chat.Begin(ann, 1);
        chat.Begin(ann, 1);
        var refused = chat.Begin(ann, 1, out _);
        Assert.Equal((ErrorCode.Busy, "you have 2 uploads: end one of them first"), (refused.Code, refused.Message));
        chat.Begin(bob, 1);
        first.Append([1]);
        chat.Files.Collect();
        chat.Begin(ann, 1);
    }

    [Fact]
    public void Upload_beyond_the_number_is_refused_until_one_stalls()
    {
        var chat = new FileFixture(new FileLimits { Uploads = 2, StalledMs = 100 });
        var (ann, bob) = (chat.Chat.Connect("ann"), chat.Chat.Connect("bob"));
        var (still, lively) = (chat.Begin(ann, 9), chat.Begin(ann, 9));
        Advance(chat, 99);
        var refused = chat.Begin(bob, 1, out _);
        Assert.Equal((ErrorCode.Busy, "too many uploads are under way: try again later"), (refused.Code, refused.Message));
        lively.Append([1]);
        Advance(chat, 1);
        chat.Begin(bob, 1);
        Assert.Equal(ErrorCode.Busy, still.Outcome?.Code);
        Assert.Null(lively.Outcome);
        Assert.Equal([still.Id], chat.Store.Deleted);
        Assert.Equal(ErrorCode.Busy, still.Append([1]).Code);
        Assert.Equal(2, chat.Files.Uploads.Count);
    }

    [Fact]
    public void Upload_whose_client_is_gone_loses_its_place_first()
    {
        var chat = new FileFixture(new FileLimits { Uploads = 2, StalledMs = 100 });
        var (ann, bob) = (chat.Chat.Connect("ann"), chat.Chat.Connect("bob"));
        var still = chat.Begin(bob, 9);
        Advance(chat, 200);
        var broken = chat.Begin(ann, 9, hash: FileFixture.Sha256([1]));
        broken.Append([1]);
        chat.Chat.Hub.Disconnect(ann, "reset");
        chat.Begin(bob, 1);
        Assert.NotNull(broken.Outcome);
        Assert.Null(still.Outcome);
    }

    [Fact]
    public void Upload_that_waits_for_the_disk_does_not_lose_its_place_while_it_is_sealed()
    {
        var chat = new FileFixture(new FileLimits { Uploads = 1, StalledMs = 100 });
        var ann = chat.Chat.Connect("ann");
        var upload = chat.Send(ann, [1]);
        Advance(chat, 1_000);
        Assert.Equal(ErrorCode.Busy, chat.Begin(ann, 1, out _).Code);
        chat.Files.Collect();
        Assert.True(upload.Outcome is { IsOk: true });
    }

    [Fact]
    public void Announced_lengths_of_all_uploads_fit_the_total()
    {
        var chat = new FileFixture(new FileLimits { TotalBytes = 10 });
        chat.Begin(chat.Chat.Connect("ann", host: "a"), 6);
        chat.Begin(chat.Chat.Connect("bob", host: "b"), 4);
        Assert.Equal(ErrorCode.Busy, chat.Begin(chat.Chat.Connect("eve", host: "c"), 1, out _).Code);
    }

    [Fact]
    public void Byte_now_and_then_does_not_keep_a_place()
    {
        var chat = new FileFixture(new FileLimits { Uploads = 1 });
        var (ann, bob) = (chat.Chat.Connect("ann"), chat.Chat.Connect("bob", host: "elsewhere"));
        var slow = chat.Begin(ann, 100_000);
        Advance(chat, 9_000);
        slow.Append(new byte[2_400]);
        Advance(chat, 9_000);
        slow.Append([1]);
        Assert.Equal(ErrorCode.Busy, chat.Begin(bob, 1, out _).Code);
        Advance(chat, 2_000);
        chat.Begin(bob, 1);
        Assert.Equal(ErrorCode.Busy, slow.Outcome?.Code);
    }

    [Fact]
    public void Clients_of_one_host_have_a_quarter_of_the_uploads()
    {
        var chat = new FileFixture(new FileLimits { Uploads = 20, StalledMs = 100 });
        var first = chat.Begin(chat.Chat.Connect(), 1);
        for (var i = 1; i < 5; i++)
        {
            chat.Begin(chat.Chat.Connect(), 1);
        }

        var refused = chat.Begin(chat.Chat.Connect(), 1, out _);
        Assert.Equal((ErrorCode.Busy, "too many uploads from your address are under way: end one of them first"),
            (refused.Code, refused.Message));
        chat.Begin(chat.Chat.Connect(host: "elsewhere"), 1);

        // A place of the same host is given up, and no other.
        Advance(chat, 100);
        chat.Begin(chat.Chat.Connect(), 1);
        Assert.NotNull(first.Outcome);
        Assert.Equal(6, chat.Files.Uploads.Count - 1);
    }

    [Fact]
    public void Clients_of_one_host_announce_a_quarter_of_the_bytes_or_one_file()
    {
        var chat = new FileFixture(new FileLimits { TotalBytes = 40 });
        chat.Begin(chat.Chat.Connect(), 5);
        chat.Begin(chat.Chat.Connect(), 5);
        Assert.Equal(ErrorCode.Busy, chat.Begin(chat.Chat.Connect(), 1, out _).Code);
        chat.Begin(chat.Chat.Connect(host: "elsewhere"), 30);
    }

    [Fact]
    public void Host_is_that_of_the_person_and_not_of_a_proxy_that_sends_the_bytes()
    {
        var chat = new FileFixture(new FileLimits { TotalBytes = 40 });
        foreach (var host in new[] { "a", "b" })
        {
            var session = chat.Chat.Connect(host: host);
            var proxy = new RecordingRecipient { Host = "proxy" };
            Assert.True(chat.Files.Begin(new UploadRequest("x"u8.ToArray(), 10, FileHash.None, [], session.Person, proxy), out _).IsOk);
        }
    }

    [Fact]
    public void Clients_of_this_machine_share_no_limit_of_a_host()
    {
        var chat = new FileFixture(new FileLimits { TotalBytes = 40 });
        for (var i = 0; i < 4; i++)
        {
            chat.Begin(chat.Chat.Hub.Connect(new RecordingRecipient { IsLoopback = true }), 10);
        }

        Assert.Equal(ErrorCode.Busy, chat.Begin(chat.Chat.Connect(), 1, out _).Code);
    }

    private static void Advance(FileFixture chat, long milliseconds)
    {
        chat.Chat.Time.AdvanceMs(milliseconds);
        chat.Chat.Clock.Refresh();
    }
}
