using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.UnitTests.Core.Chat.Files;

/// <summary>A server that finds files at its start.</summary>
public sealed class FileStartTests
{
    [Fact]
    public void Files_have_the_numbers_they_had_and_the_next_one_has_another()
    {
        var chat = new FileFixture(found: [Samples.File(new FileId(101), 3), Samples.File(new FileId(102), 7)]);
        var ann = chat.Chat.Connect("ann");
        Assert.Equal(new FileId(101), chat.Find(ann, 3)?.Id);
        Assert.Equal(new FileId(102), chat.Find(ann, 7)?.Id);
        Assert.Equal(8, chat.Share(ann, [1]).Number);
    }

    [Theory]
    [InlineData(9, 10)]
    [InlineData(2, 5)]
    public void Number_in_a_restored_announcement_is_given_to_no_other_file(long announced, long next)
    {
        var chat = new HubFixture();
        var gone = Samples.File(new FileId(7), announced);
        chat.Hub.Restore(HubFixture.Past(EventKind.Shared, "#lobby"u8, FileText.Encode(gone), isClosed: false));
        chat.Hub.FinishRestoring(new NoJournal(), wasClean: true);
        chat.Hub.Files.Use(new FakeFileStore(), [Samples.File(new FileId(101), 4)], static () => new FileId(1));
        var ann = chat.Connect("ann");
        chat.Hub.Files.Begin(new UploadRequest("a"u8.ToArray(), 0, FileHash.None, "#lobby"u8.ToArray(), ann.Person, ann.Recipient),
            out var upload);
        Assert.Equal(next, upload!.File!.Number);
    }

    [Fact]
    public void File_with_the_number_of_another_gets_a_new_one()
    {
        var chat = new FileFixture(
            found: [Samples.File(new FileId(101), 3), Samples.File(new FileId(102), 3), Samples.File(new FileId(103), 4)]);
        var ann = chat.Chat.Connect("ann");
        Assert.Equal(3, chat.ListOf(ann, "#lobby").Length);
        Assert.Equal(new FileId(101), chat.Find(ann, 3)?.Id);
        Assert.Equal(new FileId(103), chat.Find(ann, 4)?.Id);
        Assert.Equal(new FileId(102), chat.Find(ann, 5)?.Id);
        Assert.Equal(6, chat.Share(ann, [1]).Number);
    }

    [Fact]
    public void File_that_got_a_new_number_and_goes_at_the_start_takes_no_other_with_it()
    {
        var chat = new FileFixture(found: [Samples.File(new FileId(101), 3), Samples.File(new FileId(102), 3, isClosed: true)]);
        Assert.Equal([new FileId(102)], chat.Store.Deleted);
        var ann = chat.Chat.Connect("ann");
        Assert.Equal(new FileId(101), chat.Find(ann, 3)?.Id);
        Assert.Null(chat.Find(ann, 4));
        Assert.Single(chat.ListOf(ann, "#lobby"));
        Assert.Equal(5, chat.Share(ann, [1]).Number);
    }

    [Fact]
    public void Oldest_files_go_when_the_limits_are_smaller_than_they_were()
    {
        var chat = new FileFixture(new FileLimits { TotalBytes = 5 }, [Samples.File(new FileId(101), 1), Samples.File(new FileId(102), 2)]);
        Assert.Equal([new FileId(101)], chat.Store.Deleted);
        Assert.Single(chat.ListOf(chat.Chat.Connect("ann"), "#lobby"));
    }

    [Fact]
    public void Closed_file_of_a_room_that_is_open_now_goes_at_the_start()
    {
        var chat = new FileFixture(found: [Samples.File(new FileId(101), 1, isClosed: true), Samples.File(new FileId(102), 2)]);
        Assert.Equal([new FileId(101)], chat.Store.Deleted);
    }

    // Its room may have been closed after it was shared, and no one can say so any more.
    [Fact]
    public void File_of_a_room_that_is_unknown_now_is_for_no_one_and_goes_when_the_room_is_made()
    {
        var chat = new FileFixture(found: [Samples.File(new FileId(101), 1, "#a", isClosed: true), Samples.File(new FileId(102), 2, "#a")]);
        Assert.Empty(chat.Store.Deleted);
        var eve = chat.Chat.Connect("eve");
        Assert.Null(chat.Find(eve, new FileId(101)));
        Assert.Null(chat.Find(eve, new FileId(102)));
        Assert.Null(chat.Find(null, new FileId(102)));
        Assert.True(chat.Chat.Join(eve, "#a").IsOk);
        Assert.Equal([new FileId(101), new FileId(102)], chat.Store.Deleted);
        Assert.Null(chat.Find(eve, 2));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    public void File_that_was_shared_in_the_open_stays_open_only_if_its_room_is_known_to_be(bool wasClosed, bool hasStanding, bool isFound)
    {
        var chat = new HubFixture();
        if (hasStanding)
        {
            chat.Hub.Restore(new RoomStanding { Room = Bytes.Utf8("#a") });
        }

        chat.Hub.Restore(HubFixture.Past(EventKind.Said, "#a"u8, "hi"u8, wasClosed));
        chat.Hub.FinishRestoring(new NoJournal(), wasClean: true);
        chat.Hub.Files.Use(new FakeFileStore(), [Samples.File(new FileId(101), 1, "#a")], static () => new FileId(1));
        chat.Hub.Files.Find(null, new FileId(101).ToBytes(), 0, out var file);
        Assert.Equal(isFound, file is not null);
    }

    [Fact]
    public void Files_of_a_closed_room_that_a_smaller_limit_forgets_at_the_start_are_for_no_one()
    {
        var chat = new HubFixture(new ChatLimits { Rooms = 1 });
        chat.Hub.Restore(new RoomStanding { Room = Bytes.Utf8("#a"), Key = Bytes.Utf8("x") });
        chat.Hub.FinishRestoring(new NoJournal(), wasClean: true);
        chat.Hub.Files.Use(new FakeFileStore(), [Samples.File(new FileId(101), 1, "#a")], static () => new FileId(1));
        chat.Hub.Files.Find(null, new FileId(101).ToBytes(), 0, out var file);
        Assert.Null(file);
    }
}
