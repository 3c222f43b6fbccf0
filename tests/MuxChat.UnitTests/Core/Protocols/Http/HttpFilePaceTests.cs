using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Http;
using MuxChat.UnitTests.Core.Protocols.Uploads;

namespace MuxChat.UnitTests.Core.Protocols.Http;

/// <summary>Readers and stores that are slow, stop, or fail while a file is on its way.</summary>
public sealed class HttpFilePaceTests
{
    private readonly FileFixture _bench = new();

    [Fact]
    public void Slow_reader_has_less_than_two_parts_queued()
    {
        var bytes = FileFixture.Random(1_000_000);
        var talk = _bench.StartHttp();
        talk.Feed(Get(_bench.Share(bytes)));
        long most = 0;
        var read = "";
        for (var i = 0; i < 200; i++)
        {
            for (var j = 0; j < 5; j++)
            {
                _bench.Files.Collect();
                _bench.Clients.Advance(1);
                talk.Resume();
                most = Math.Max(most, talk.Recipient.Outbox.QueuedBytes);
            }

            read += talk.ReadLatin();
        }

        // The head comes before the first part, and a part may come when the one before is not quite gone.
        Assert.InRange(most, IFileStore.MaxReadBytes, (2 * IFileStore.MaxReadBytes) + HttpHead.MaxBytes);
        Assert.Equal(Bytes.Latin(bytes), FileFixture.BodyOf(read));
        Assert.Equal(CloseReason.None, talk.Client.Ending);
    }

    [Fact]
    public void Reader_that_stops_is_closed_and_its_place_is_free_for_another()
    {
        var bench = new FileFixture(new FileLimits { Downloads = 1 });
        var file = bench.Share(FileFixture.Random(1_000_000));
        var talk = bench.StartHttp();
        talk.Feed(Get(file));
        for (var i = 0; i < 5; i++)
        {
            bench.Files.Collect();
            talk.Resume();
        }

        var refused = bench.Ask(Get(file));
        Assert.Equal(("503", "5"), (FileFixture.StatusOf(refused), FileFixture.FieldOf(refused, "Retry-After")));
        bench.Clients.Advance(OutputProgress.LookMs - 100);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.None, talk.Client.Ending);
        bench.Clients.Advance(100);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.HttpIdle, talk.Client.Ending);
        Assert.Equal("200", FileFixture.StatusOf(bench.Ask(Get(file))));
    }

    [Fact]
    public void Reader_that_takes_a_little_now_and_then_is_not_closed_even_after_the_last_part()
    {
        var file = _bench.Share(FileFixture.Random(100_000));
        var talk = _bench.StartHttp();
        talk.Feed(Get(file));
        for (var i = 0; i < 20; i++)
        {
            _bench.Files.Collect();
            _bench.Clients.Advance(OutputProgress.LookMs);
            while (_bench.Clients.Broadcaster.TryTakeDirty(out _))
            {
            }

            talk.Recipient.Outbox.Consume(100);
            talk.Client.OnDeadline();
            talk.Resume();
            Assert.Equal(CloseReason.None, talk.Client.Ending);
        }

        Assert.Equal(0, _bench.Files.DownloadCount);
        _bench.Clients.Advance(OutputProgress.LookMs);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.HttpIdle, talk.Client.Ending);
    }

    [Fact]
    public void Time_that_the_disk_needs_does_not_count_against_the_reader()
    {
        var file = _bench.Share([65, 66]);
        _bench.Store.HoldsOutcomes = true;
        var talk = _bench.StartHttp();
        talk.Feed(Get(file));
        Assert.EndsWith("\r\n\r\n", talk.ReadLatin(), StringComparison.Ordinal);
        _bench.Clients.Advance(HttpLimits.IdleMs * 10);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.None, talk.Client.Ending);
        _bench.Store.HoldsOutcomes = false;
        Assert.Equal("AB", _bench.ReadAll(talk));
        _bench.Clients.Advance(HttpLimits.IdleMs);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.HttpIdle, talk.Client.Ending);
    }

    // The loop closes the outbox of a peer that is gone, and still runs what it sent before. Nothing wakes such a client.
    [Fact]
    public void Reader_that_is_gone_gives_its_place_back_at_once()
    {
        var bench = new FileFixture(new FileLimits { Downloads = 1 });
        var file = bench.Share(FileFixture.Random(1_000_000));
        var talk = bench.StartHttp();
        talk.Feed(Get(file));
        Assert.False(talk.Client.IsAnswerReady);
        talk.Recipient.Close();
        Assert.True(talk.Client.IsAnswerReady);
        talk.Resume();
        Assert.Equal("200", FileFixture.StatusOf(bench.Ask(Get(file))));
    }

    [Fact]
    public void File_that_goes_away_midway_closes_the_connection_before_the_promised_length()
    {
        var file = _bench.Share(FileFixture.Random(1_000_000));
        var talk = _bench.StartHttp();
        talk.Feed(Get(file) + Get(file));
        _bench.Files.Collect();
        talk.Resume();
        _bench.Store.FailsReads = true;
        var response = _bench.ReadAll(talk);
        Assert.Equal("1000000", FileFixture.FieldOf(response, "Content-Length"));
        Assert.InRange(FileFixture.BodyOf(response).Length, 1, 999_999);
        Assert.Equal(CloseReason.HttpRefused, talk.Client.Ending);
    }

    [Fact]
    public void Read_that_fails_at_once_sends_no_byte_of_the_body_and_closes()
    {
        var file = _bench.Share([1, 2, 3]);
        _bench.Store.FailsReads = true;
        var talk = _bench.StartHttp();
        talk.Feed(Get(file));
        Assert.Equal("", FileFixture.BodyOf(_bench.ReadAll(talk)));
        Assert.Equal(CloseReason.HttpRefused, talk.Client.Ending);
    }

    [Fact]
    public void Store_that_takes_no_read_now_is_asked_again()
    {
        var file = _bench.Share([65, 66]);
        _bench.Store.AcceptsReads = false;
        var talk = _bench.StartHttp();
        talk.Feed(Get(file));
        _bench.Files.Collect();
        _bench.Store.AcceptsReads = true;
        Assert.EndsWith("\r\n\r\nAB", _bench.ReadAll(talk), StringComparison.Ordinal);
    }

    private static string Get(SharedFile file) => $"GET /files/{file.Id} HTTP/1.1\r\nHost: a\r\n\r\n";
}
