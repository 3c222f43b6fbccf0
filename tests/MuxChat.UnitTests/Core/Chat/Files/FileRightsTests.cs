using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat.Files;

/// <summary>The clients that may share a file in a room, and those that may fetch it.</summary>
public sealed class FileRightsTests
{
    private static readonly byte[] Content = "hello"u8.ToArray();

    private readonly FileFixture _chat = new();
    private readonly Session _ann;
    private readonly Session _bob;
    private readonly Session _eve;

    public FileRightsTests()
    {
        (_ann, _bob, _eve) = (_chat.Chat.Connect("ann"), _chat.Chat.Connect("bob"), _chat.Chat.Connect("eve"));
        _chat.Chat.Join(_ann, "#a");
        _chat.Chat.Join(_bob, "#a");
    }

    [Fact]
    public void Upload_of_a_client_outside_of_the_room_is_refused()
    {
        Assert.Equal(ErrorCode.NotInRoom, _chat.Begin(_eve, 1, out _, "#a").Code);
        Assert.Equal(ErrorCode.UnknownRoom, _chat.Begin(_eve, 1, out _, "#none").Code);
        Assert.Equal(ErrorCode.BadRoom, _chat.Begin(_eve, 1, out _, "#a b").Code);
    }

    [Theory]
    [InlineData("+m")]
    [InlineData("+b bob")]
    public void Upload_of_a_client_that_may_not_speak_is_refused_at_once(string modes)
    {
        Assert.True(_chat.Chat.Do(CommandKind.Modes, _ann, "#a", text: modes).IsOk);
        Assert.Equal(ErrorCode.CannotSpeak, _chat.Begin(_bob, 1, out var upload, "#a").Code);
        Assert.Null(upload);
        Assert.Equal(0, _chat.Store.BegunCount);
        _chat.Share(_ann, Content, "#a");
    }

    [Theory]
    [InlineData("+m", ErrorCode.CannotSpeak)]
    [InlineData("+b bob", ErrorCode.CannotSpeak)]
    [InlineData("kick", ErrorCode.NotInRoom)]
    [InlineData("part", ErrorCode.NotInRoom)]
    [InlineData("gone", ErrorCode.NotInRoom)]
    public void File_of_a_client_that_may_no_longer_speak_is_not_announced(string happening, ErrorCode code)
    {
        var upload = _chat.Send(_bob, Content, "#a");
        Happen(happening);
        _chat.Files.Collect();
        Assert.Equal(code, upload.Outcome?.Code);
        Assert.Empty(FileFixture.SharedTo(_ann));
        Assert.Empty(_chat.ListOf(_ann, "#a"));
        Assert.Equal([upload.Id], _chat.Store.Deleted);
        Assert.Equal(0, _chat.Files.Uploads.Count);
    }

    [Fact]
    public void File_of_an_open_room_is_for_members_by_number_and_for_all_by_id()
    {
        var file = _chat.Share(_ann, Content, "#a");
        Assert.Equal(file.Id, _chat.Find(_bob, file.Number)?.Id);
        Assert.Null(_chat.Find(_eve, file.Number));
        Assert.Equal(file.Id, _chat.Find(_eve, file.Id)?.Id);
        Assert.Equal(file.Id, _chat.Find(null, file.Id)?.Id);
        Assert.False(_chat.Files.NeedsKey(file));
        Assert.Equal(ErrorCode.NotInRoom, _chat.Files.List(_eve.Person, "#a"u8, out _, out _).Code);
    }

    [Theory]
    [InlineData("+i")]
    [InlineData("+k secret")]
    public void File_of_a_closed_room_is_for_members_only(string modes)
    {
        Assert.True(_chat.Chat.Do(CommandKind.Modes, _ann, "#a", text: modes).IsOk);
        var file = _chat.Share(_ann, Content, "#a");
        Assert.True(file.IsClosed);
        Assert.True(_chat.Files.NeedsKey(file));
        Assert.Equal(file.Id, _chat.Find(_bob, file.Number)?.Id);
        Assert.Equal(file.Id, _chat.Find(_bob, file.Id)?.Id);
        Assert.Null(_chat.Find(_eve, file.Number));
        Assert.Null(_chat.Find(_eve, file.Id));
        Assert.Null(_chat.Find(null, file.Id));
        _chat.Chat.Part(_bob, "#a");
        Assert.Null(_chat.Find(_bob, file.Id));
    }

    [Fact]
    public void File_shared_before_a_room_was_closed_is_for_members_while_it_is()
    {
        var file = _chat.Share(_ann, Content, "#a");
        _chat.Chat.Do(CommandKind.Modes, _ann, "#a", text: "+i");
        Assert.Null(_chat.Find(_eve, file.Id));
        Assert.NotNull(_chat.Find(_bob, file.Id));
        _chat.Chat.Do(CommandKind.Modes, _ann, "#a", text: "-i");
        Assert.NotNull(_chat.Find(_eve, file.Id));
        Assert.Empty(_chat.Store.Deleted);
    }

    [Fact]
    public void Files_of_the_closed_time_go_when_the_room_is_opened()
    {
        var before = _chat.Share(_ann, Content, "#a");
        _chat.Chat.Do(CommandKind.Modes, _ann, "#a", text: "+ik secret");
        var secret = _chat.Share(_ann, Content, "#a", name: "b.txt");
        _chat.Chat.Do(CommandKind.Modes, _ann, "#a", text: "-i");
        Assert.NotNull(_chat.Find(_bob, secret.Id));
        _chat.Chat.Do(CommandKind.Modes, _ann, "#a", text: "-k secret");
        Assert.Null(_chat.Find(_bob, secret.Id));
        Assert.Equal([secret.Id], _chat.Store.Deleted);
        Assert.NotNull(_chat.Find(_eve, before.Id));
    }

    [Fact]
    public void Files_of_a_closed_room_that_was_forgotten_are_not_those_of_the_next_room_of_its_name()
    {
        var chat = new FileFixture(chat: new ChatLimits { Rooms = 2 });
        var (ann, eve) = (chat.Chat.Connect("ann"), chat.Chat.Connect("eve"));
        chat.Chat.Join(ann, "#a");
        chat.Chat.Do(CommandKind.Modes, ann, "#a", text: "+i");
        var secret = chat.Share(ann, Content, "#a");
        chat.Chat.Part(ann, "#a");

        // Its place is needed, and then there is place again.
        Assert.True(chat.Chat.Join(eve, "#b").IsOk);
        chat.Chat.Part(eve, "#b");
        Assert.True(chat.Chat.Join(eve, "#a").IsOk);
        chat.Chat.Do(CommandKind.Modes, eve, "#a", text: "+i");
        Assert.Null(chat.Find(eve, secret.Number));
        Assert.Null(chat.Find(eve, secret.Id));
        Assert.Empty(chat.ListOf(eve, "#a"));
        Assert.Equal([secret.Id], chat.Store.Deleted);
    }

    [Fact]
    public void File_of_the_open_time_goes_when_its_closed_room_is_forgotten()
    {
        var chat = new FileFixture(chat: new ChatLimits { Rooms = 2 });
        var (ann, eve) = (chat.Chat.Connect("ann"), chat.Chat.Connect("eve"));
        chat.Chat.Join(ann, "#a");
        var file = chat.Share(ann, Content, "#a");
        chat.Chat.Do(CommandKind.Modes, ann, "#a", text: "+i");
        chat.Chat.Part(ann, "#a");
        Assert.Null(chat.Find(null, file.Id));
        Assert.True(chat.Chat.Join(eve, "#b").IsOk);
        Assert.Null(chat.Find(null, file.Id));
        Assert.Equal([file.Id], chat.Store.Deleted);
        chat.Chat.Part(eve, "#b");
        Assert.True(chat.Chat.Join(eve, "#a").IsOk);
        Assert.Empty(chat.ListOf(eve, "#a"));
    }

    [Fact]
    public void File_of_an_open_room_stays_when_its_room_is_forgotten()
    {
        var chat = new FileFixture(chat: new ChatLimits { Rooms = 2 });
        var (ann, eve) = (chat.Chat.Connect("ann"), chat.Chat.Connect("eve"));
        chat.Chat.Join(ann, "#a");
        var file = chat.Share(ann, Content, "#a");
        chat.Chat.Part(ann, "#a");
        Assert.True(chat.Chat.Join(eve, "#b").IsOk);
        Assert.Equal(file.Id, chat.Find(null, file.Id)?.Id);
    }

    [Theory]
    [InlineData("-i", "+i")]
    [InlineData("+i", "-i")]
    public void File_of_a_room_that_is_closed_or_opened_while_the_file_is_stored_is_not_announced(string before, string meanwhile)
    {
        _chat.Chat.Do(CommandKind.Modes, _ann, "#a", text: before);
        var upload = _chat.Send(_bob, Content, "#a");
        _chat.Chat.Do(CommandKind.Modes, _ann, "#a", text: meanwhile);
        _chat.Files.Collect();
        Assert.Equal(ErrorCode.Busy, upload.Outcome?.Code);
        Assert.Empty(FileFixture.SharedTo(_ann));
        Assert.Equal([upload.Id], _chat.Store.Deleted);
        Assert.Equal(meanwhile == "+i", _chat.Share(_bob, Content, "#a").IsClosed);
    }

    [Fact]
    public void Room_is_found_in_any_case_and_the_file_has_its_name()
    {
        Assert.Equal("#a", Bytes.Utf8(_chat.Share(_ann, Content, "#A").Room));
        Assert.Equal(["a.txt"], _chat.ListOf(_bob, "#A"));
    }

    private void Happen(string what)
    {
        switch (what)
        {
            case "kick":
                Assert.True(_chat.Chat.Do(CommandKind.Kick, _ann, "#a", nick: "bob").IsOk);
                break;
            case "part":
                Assert.True(_chat.Chat.Part(_bob, "#a").IsOk);
                break;
            case "gone":
                _chat.Chat.Hub.Disconnect(_bob, "gone");
                break;
            default:
                Assert.True(_chat.Chat.Do(CommandKind.Modes, _ann, "#a", text: what).IsOk);
                break;
        }
    }
}
