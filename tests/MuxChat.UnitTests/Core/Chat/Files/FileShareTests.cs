using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.UnitTests.Core.Chat.History;

namespace MuxChat.UnitTests.Core.Chat.Files;

/// <summary>A file from its first byte to its announcement.</summary>
public sealed class FileShareTests
{
    private static readonly byte[] Content = "hello"u8.ToArray();

    private readonly FileFixture _chat = new();
    private readonly Session _ann;
    private readonly Session _bob;

    public FileShareTests() => (_ann, _bob) = (_chat.Chat.Connect("ann"), _chat.Chat.Connect("bob"));

    [Fact]
    public void File_is_announced_once_to_each_member_and_its_sender_after_the_seal()
    {
        HubFixture.Take(_ann);
        _chat.Store.IsHeld = true;
        var upload = _chat.Send(_ann, Content, hash: FileFixture.Sha256(Content), name: "x/y.txt");
        _chat.Files.Collect();
        Assert.Null(upload.Outcome);
        Assert.True(upload.IsWaiting);
        Assert.Empty(FileFixture.SharedTo(_bob));
        Assert.Empty(_chat.ListOf(_bob, "#lobby"));
        Assert.Null(_chat.Find(_bob, 1));

        _chat.Store.IsHeld = false;
        _chat.Files.Collect();
        _chat.Files.Collect();
        var text = $"1 {upload.Id} 5 {Convert.ToHexStringLower(FileFixture.Sha256(Content).Value)} - y.txt";
        Assert.Equal([text], FileFixture.SharedTo(_bob));
        Assert.Equal([text], FileFixture.SharedTo(_ann));
        Assert.True(upload.Outcome is { IsOk: true, Seq: > 0 });
        Assert.Equal(["y.txt"], _chat.ListOf(_bob, "#lobby"));
        Assert.Equal(upload.Id, _chat.Find(_bob, 1)?.Id);
        Assert.Equal(0, _chat.Files.Uploads.Count);
    }

    [Theory]
    [InlineData(FileStatus.Full, ErrorCode.DiskFull)]
    [InlineData(FileStatus.Failed, ErrorCode.DiskFull)]
    public void File_that_cannot_be_sealed_is_not_announced_and_the_next_one_is(FileStatus status, ErrorCode code)
    {
        _chat.Store.SealStatus = status;
        var failed = _chat.Send(_ann, Content);
        _chat.Files.Collect();
        Assert.Equal(code, failed.Outcome?.Code);
        ExpectNothingIsShared();

        _chat.Store.SealStatus = FileStatus.Ok;
        _chat.Share(_ann, Content);
        Assert.Single(FileFixture.SharedTo(_bob));
    }

    [Fact]
    public void File_with_a_wrong_hash_is_not_announced_and_the_next_one_is()
    {
        var failed = _chat.Send(_ann, Content, hash: FileFixture.Sha256([1]));
        _chat.Files.Collect();
        Assert.Equal(ErrorCode.WrongHash, failed.Outcome?.Code);
        ExpectNothingIsShared();
        _chat.Share(_ann, Content, hash: FileFixture.Sha256(Content));
        Assert.Single(FileFixture.SharedTo(_bob));
    }

    [Fact]
    public void Client_that_is_not_waiting_learns_with_its_next_bytes_that_the_disk_is_full()
    {
        var upload = _chat.Begin(_ann, 10);
        Assert.True(upload.Append("abc"u8).IsOk);
        _chat.Store.Fail(upload.Id, FileStatus.Full);
        _chat.Files.Collect();
        Assert.Equal(1, _chat.Files.Uploads.Count);
        Assert.Equal(ErrorCode.DiskFull, upload.Append("def"u8).Code);
        Assert.Equal(0, _chat.Files.Uploads.Count);
        ExpectNothingIsShared();
    }

    [Fact]
    public void Empty_file_is_shared_without_a_byte()
    {
        var file = _chat.Share(_ann, []);
        Assert.Equal(0, file.SizeBytes);
        Assert.Equal("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", Convert.ToHexString(file.Sha256));
        Assert.Single(FileFixture.SharedTo(_bob));
    }

    [Fact]
    public void More_bytes_than_announced_are_refused_and_the_upload_goes_on()
    {
        var upload = _chat.Begin(_ann, 3);
        Assert.True(upload.Append("ab"u8).IsOk);
        var refused = upload.Append("cd"u8);
        Assert.Equal(ErrorCode.TooLong, refused.Code);
        Assert.Equal("the file has 3 bytes, and this would be byte 4", refused.Message);
        Assert.True(upload.Append("c"u8).IsOk);
        _chat.Files.Collect();
        Assert.Equal("abc"u8.ToArray(), _chat.Store.Sealed[upload.Id].Bytes);
    }

    [Fact]
    public void Bytes_that_the_store_cannot_take_are_held_and_come_in_order()
    {
        var upload = _chat.Begin(_ann, 6);
        Assert.True(upload.Append("ab"u8).IsOk);
        _chat.Store.IsBusy = true;
        Assert.True(upload.Append("cd"u8).IsOk);
        Assert.True(upload.IsWaiting);
        Assert.False(upload.CanContinue);
        upload.Continue();
        Assert.True(upload.IsWaiting);

        _chat.Store.IsBusy = false;
        Assert.True(upload.CanContinue);
        upload.Continue();
        Assert.False(upload.IsWaiting);
        Assert.True(upload.Append("ef"u8).IsOk);
        _chat.Files.Collect();
        Assert.Equal("abcdef"u8.ToArray(), _chat.Store.Sealed[upload.Id].Bytes);
    }

    [Fact]
    public void Last_bytes_that_are_held_are_sealed_once_the_store_has_taken_them()
    {
        var upload = _chat.Begin(_ann, 2);
        _chat.Store.IsBusy = true;
        upload.Append("ab"u8);
        Assert.Equal(1, _chat.Store.BegunCount);
        _chat.Store.IsBusy = false;
        upload.Continue();
        Assert.True(upload is { IsWaiting: true, CanContinue: false });
        _chat.Files.Collect();
        Assert.True(upload.Outcome is { IsOk: true });
        Assert.Single(FileFixture.SharedTo(_bob));
    }

    [Fact]
    public void Image_is_known_by_its_bytes_and_not_by_its_name()
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[20]];
        var upload = _chat.Begin(_ann, png.Length, name: "a.txt");
        foreach (var one in png)
        {
            upload.Append([one]);
        }

        _chat.Files.Collect();
        Assert.Equal("image/png", upload.File?.ImageType);
        Assert.Equal("", _chat.Share(_ann, Content, name: "a.png").ImageType);
    }

    [Fact]
    public void Server_without_a_store_takes_no_files()
    {
        var plain = new HubFixture();
        var ann = plain.Connect("ann");
        Assert.False(plain.Hub.Files.IsOn);
        Assert.Equal(ErrorCode.FilesOff, plain.Do(CommandKind.Share, ann, nick: "a.txt").Code);
        Assert.Equal(ErrorCode.FilesOff, plain.Do(CommandKind.Files, ann).Code);
        Assert.Equal(ErrorCode.FilesOff, plain.Hub.Files.Find(ann.Person, [], 1, out _).Code);
        plain.Hub.Files.Collect();
    }

    [Fact]
    public void File_of_a_service_is_announced_in_a_room_without_the_sender()
    {
        var service = _chat.Chat.Connect("web");
        _chat.Chat.Join(_bob, "#x");
        Assert.Equal(ErrorCode.NotInRoom, _chat.Begin(service, 1, out _, "#x").Code);
        Assert.True(_chat.Begin(service, 1, out var upload, "#x", isService: true).IsOk);
        upload!.Append("a"u8);
        _chat.Files.Collect();
        Assert.True(upload.Outcome is { IsOk: true });
        Assert.Single(FileFixture.SharedTo(_bob));
        Assert.Empty(FileFixture.SharedTo(service));
    }

    [Fact]
    public void File_without_a_room_is_found_by_its_id_alone_and_announced_nowhere()
    {
        var file = _chat.Share(_ann, Content, room: "");
        Assert.Empty(FileFixture.SharedTo(_ann));
        Assert.Null(_chat.Find(_ann, file.Number));
        Assert.Equal(file.Id, _chat.Find(null, file.Id)?.Id);
        Assert.False(_chat.Files.NeedsKey(file));
        Assert.Empty(_chat.ListOf(_ann, "#lobby"));
    }

    [Fact]
    public void Share_has_the_position_of_its_event_in_the_journal()
    {
        var journal = new FakeJournal();
        var chat = new FileFixture(journal: journal);
        var ann = chat.Chat.Connect("ann");
        var upload = chat.Send(ann, Content);
        chat.Files.Collect();
        Assert.Equal(journal.Records.Count, upload.Outcome?.Position);
        Assert.InRange(journal.Records.Count, 1, int.MaxValue);
    }

    private void ExpectNothingIsShared()
    {
        Assert.Empty(FileFixture.SharedTo(_bob));
        Assert.Empty(FileFixture.SharedTo(_ann));
        Assert.Empty(_chat.ListOf(_ann, "#lobby"));
        Assert.Equal(0, _chat.Store.BegunCount);
        Assert.Equal(0, _chat.Files.Uploads.Count);
        Assert.Empty(_chat.Store.Sealed);
    }
}
