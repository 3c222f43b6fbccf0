using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;

namespace MuxChat.UnitTests.Core.Chat.Files;

/// <summary>Uploads whose connection broke.</summary>
public sealed class FileResumeTests
{
    private static readonly byte[] Content = "hello world"u8.ToArray();
    private static readonly FileHash Hash = FileFixture.Sha256(Content);

    private readonly FileFixture _chat = new(new FileLimits { ResumeMs = 1_000, StalledMs = 100, UploadsPerClient = 2 });

    [Fact]
    public void Client_that_comes_back_goes_on_where_the_server_is()
    {
        var broken = Break();
        var back = _chat.Chat.Connect("ann");
        var upload = _chat.Begin(back, Content.Length, hash: Hash, name: "other.txt");
        Assert.Same(broken, upload);
        Assert.Equal(5, upload.ReceivedBytes);
        Assert.True(upload.Append(Content.AsSpan(5)).IsOk);
        _chat.Files.Collect();
        Assert.True(upload.Outcome is { IsOk: true });
        Assert.Equal(Content, _chat.Store.Sealed[upload.Id].Bytes);
        Assert.Equal("other.txt", Bytes.Utf8(upload.File!.Name));
        Assert.Single(FileFixture.SharedTo(back));
    }

    [Fact]
    public void Held_bytes_are_not_lost_when_the_client_goes_and_comes_back()
    {
        var ann = _chat.Chat.Connect("ann");
        var upload = _chat.Begin(ann, Content.Length, hash: Hash);
        _chat.Store.IsBusy = true;
        upload.Append(Content.AsSpan(0, 5));
        _chat.Chat.Hub.Disconnect(ann, "reset");
        Assert.Same(upload, _chat.Begin(_chat.Chat.Connect("ann"), Content.Length, hash: Hash));
        Assert.True(upload.IsWaiting);
        _chat.Store.IsBusy = false;
        upload.Continue();
        upload.Append(Content.AsSpan(5));
        _chat.Files.Collect();
        Assert.Equal(Content, _chat.Store.Sealed[upload.Id].Bytes);
    }

    // A client of upload:// sends its first bytes before it is made to wait.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bytes_that_come_while_others_are_held_go_after_them(bool isBusy)
    {
        var upload = _chat.Begin(_chat.Chat.Connect("ann"), Content.Length, hash: Hash);
        _chat.Store.IsBusy = true;
        upload.Append(Content.AsSpan(0, 5));
        _chat.Store.IsBusy = isBusy;
        upload.Append(Content.AsSpan(5));
        Assert.True(upload.IsWaiting);
        _chat.Store.IsBusy = false;
        upload.Continue();
        _chat.Files.Collect();
        Assert.True(upload.Outcome is { IsOk: true });
        Assert.Equal(Content, _chat.Store.Sealed[upload.Id].Bytes);
    }

    [Theory]
    [InlineData("room")]
    [InlineData("hash")]
    [InlineData("size")]
    [InlineData("service")]
    [InlineData("no hash")]
    public void Another_file_or_room_is_another_upload(string what)
    {
        var broken = Break();
        var back = _chat.Chat.Connect("ann");
        _chat.Chat.Join(back, "#a");
        var hash = what == "hash" ? FileFixture.Sha256([1]) : what == "no hash" ? FileHash.None : Hash;
        Assert.True(_chat.Begin(back, what == "size" ? 12 : Content.Length, out var upload, what == "room" ? "#a" : "#lobby", hash,
            isService: what == "service").IsOk);
        Assert.NotSame(broken, upload);
        Assert.Equal(0, upload!.ReceivedBytes);
        Assert.Equal(2, _chat.Files.Uploads.Count);
    }

    [Fact]
    public void Upload_of_a_client_that_is_here_is_not_given_to_another()
    {
        var upload = _chat.Begin(_chat.Chat.Connect("ann"), Content.Length, hash: Hash);
        upload.Append(Content.AsSpan(0, 5));
        Assert.NotSame(upload, _chat.Begin(_chat.Chat.Connect("bob"), Content.Length, hash: Hash));
    }

    // Whoever knows the hash could have begun it with other bytes, so that the right ones come to a wrong hash.
    [Fact]
    public void Client_of_another_host_begins_anew()
    {
        var broken = Break();
        var other = _chat.Begin(_chat.Chat.Connect("bob", host: "elsewhere"), Content.Length, hash: Hash);
        Assert.NotSame(broken, other);
        Assert.Equal(0, other.ReceivedBytes);
        Assert.Same(broken, _chat.Begin(_chat.Chat.Connect("ann"), Content.Length, hash: Hash));
    }

    [Fact]
    public void Client_whose_old_connection_is_dead_goes_on_before_the_server_knows()
    {
        var (dead, back) = (_chat.Chat.Connect("ann"), _chat.Chat.Connect("ann-2"));
        var upload = _chat.Begin(dead, Content.Length, hash: Hash);
        upload.Append(Content.AsSpan(0, 5));
        Advance(100);
        Assert.NotSame(upload, _chat.Begin(_chat.Chat.Connect("bob", host: "elsewhere"), Content.Length, hash: Hash));
        Assert.Same(upload, _chat.Begin(back, Content.Length, hash: Hash));
        Assert.False(_chat.Files.Uploads.Find(dead.Recipient, upload.Id.ToBytes(), out _).IsOk);
        _chat.Chat.Hub.Disconnect(dead, "reset");
        Assert.True(upload.Append(Content.AsSpan(5)).IsOk);
        _chat.Files.Collect();
        Assert.Equal("ann-2", Bytes.Utf8(upload.File!.From));
    }

    [Fact]
    public void Client_that_waits_for_the_disk_keeps_its_upload()
    {
        var upload = _chat.Begin(_chat.Chat.Connect("ann"), Content.Length, hash: Hash);
        _chat.Store.IsBusy = true;
        upload.Append(Content.AsSpan(0, 5));
        Advance(1_000);
        Assert.NotSame(upload, _chat.Begin(_chat.Chat.Connect("ann-2"), Content.Length, hash: Hash));
    }

    [Fact]
    public void Upload_without_a_hash_or_a_byte_ends_with_its_connection()
    {
        var ann = _chat.Chat.Connect("ann");
        _chat.Begin(ann, Content.Length).Append("x"u8);
        _chat.Begin(ann, Content.Length, hash: Hash);
        _chat.Chat.Hub.Disconnect(ann, "reset");
        Assert.Equal(0, _chat.Files.Uploads.Count);
        Assert.Equal(0, _chat.Store.BegunCount);
    }

    [Fact]
    public void Broken_upload_is_kept_for_its_time_and_not_longer()
    {
        Break();
        Advance(999);
        Assert.Equal(5, _chat.Begin(_chat.Chat.Connect("ann"), Content.Length, hash: Hash).ReceivedBytes);

        var late = new FileResumeTests();
        late.Break();
        late.Advance(1_000);
        Assert.Equal(0, late._chat.Begin(late._chat.Chat.Connect("ann"), Content.Length, hash: Hash).ReceivedBytes);
        Assert.Equal(1, late._chat.Store.BegunCount);
    }

    [Fact]
    public void Client_resumes_no_more_uploads_than_it_may_have()
    {
        Break();
        var back = _chat.Chat.Connect("ann");
        _chat.Begin(back, 1);
        _chat.Begin(back, 1);
        var refused = _chat.Begin(back, Content.Length, out var upload, hash: Hash);
        Assert.Equal(ErrorCode.Busy, refused.Code);
        Assert.Null(upload);
    }

    [Fact]
    public void File_whose_sender_left_while_it_was_sealed_is_gone_and_can_be_sent_anew()
    {
        var ann = _chat.Chat.Connect("ann");
        var upload = _chat.Send(ann, Content, hash: Hash);
        _chat.Chat.Hub.Disconnect(ann, "reset");
        Assert.NotSame(upload, _chat.Begin(_chat.Chat.Connect("ann"), Content.Length, hash: Hash));
        _chat.Files.Collect();
        Assert.Equal(ErrorCode.NotInRoom, upload.Outcome?.Code);
        Assert.Equal([upload.Id], _chat.Store.Deleted);
        Assert.Equal(1, _chat.Files.Uploads.Count);
    }

    private Upload Break()
    {
        var ann = _chat.Chat.Connect("ann");
        var upload = _chat.Begin(ann, Content.Length, hash: Hash);
        upload.Append(Content.AsSpan(0, 5));
        _chat.Chat.Hub.Disconnect(ann, "reset");
        return upload;
    }

    private void Advance(long milliseconds)
    {
        _chat.Chat.Time.AdvanceMs(milliseconds);
        _chat.Chat.Clock.Refresh();
    }
}
