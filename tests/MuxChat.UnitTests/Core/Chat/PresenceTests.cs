using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Presence;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>Who is told when somebody comes or goes, and who is remembered.</summary>
public sealed class PresenceTests
{
    private readonly HubFixture _bench = new();

    [Fact]
    public void Watcher_isToldOfComingsAndGoings()
    {
        var ann = _bench.Connect("ann");
        Assert.True(_bench.Hub.Watch.Watch(ann, "BOB"u8));
        _bench.Part(ann);
        HubFixture.EventsOf(ann).Clear();

        var bob = _bench.Connect("bob");
        Assert.Equal([(EventKind.NickOnline, "bob")], Told(ann));
        _bench.Nick(bob, "BoB");
        Assert.Empty(Told(ann));
        _bench.Nick(bob, "carl");
        Assert.Equal([(EventKind.NickOffline, "BoB")], Told(ann));
        _bench.Nick(bob, "bob");
        Assert.Equal([(EventKind.NickOnline, "bob")], Told(ann));
        _bench.Hub.Disconnect(bob, "");
        Assert.Equal([(EventKind.NickOffline, "bob")], Told(ann));
    }

    [Fact]
    public void Watcher_whoIsGone_isToldNothing()
    {
        var ann = _bench.Connect("ann");
        var dora = _bench.Connect("dora");
        Assert.True(_bench.Hub.Watch.Watch(ann, "bob"u8));
        Assert.True(_bench.Hub.Watch.Watch(ann, "ann"u8));
        Assert.True(_bench.Hub.Watch.Watch(dora, "bob"u8));
        _bench.Hub.Disconnect(ann, "");
        HubFixture.EventsOf(ann).Clear();
        Assert.Empty(_bench.Hub.Watch.WatchedBy(ann));

        _bench.Connect("bob");

        Assert.Empty(HubFixture.EventsOf(ann));
        Assert.Contains((EventKind.NickOnline, "bob"), Told(dora));
    }

    [Fact]
    public void Nicks_areWatchedOnce_andAHundredAtTheMost()
    {
        var watch = _bench.Hub.Watch;
        var ann = _bench.Connect("ann");
        for (var i = 0; i < NickWatch.MaxWatched; i++)
        {
            Assert.True(watch.Watch(ann, Bytes.Utf8($"n{i}")));
        }

        Assert.False(watch.Watch(ann, "another"u8));
        Assert.True(watch.Watch(ann, "N7"u8));
        watch.Unwatch(ann, "N7"u8);
        watch.Unwatch(ann, "N7"u8);
        Assert.True(watch.Watch(ann, "another"u8));
        Assert.Equal(NickWatch.MaxWatched, watch.WatchedBy(ann).Count);
        watch.Clear(ann);
        watch.Clear(ann);
        Assert.Empty(watch.WatchedBy(ann));
    }

    [Fact]
    public void News_goToThoseWhoWantThemAndShareNoRoom()
    {
        var watch = _bench.Hub.Watch;
        var (ann, inside, wants, wantsNot) = (_bench.Connect("ann"), _bench.Connect(), _bench.Connect(), _bench.Connect());
        foreach (var session in (Session[])[wants, wantsNot])
        {
            _bench.Part(session);
        }

        foreach (var session in (Session[])[ann, inside, wants, wantsNot])
        {
            Assert.True(watch.Watch(session, "ann"u8));
            watch.SetExtended(session, wants: session != wantsNot);
            HubFixture.EventsOf(session).Clear();
        }

        _bench.Do(CommandKind.RealName, ann, text: "Ann");

        Assert.Equal("Ann", Bytes.Utf8(ann.Person.Identity.RealName));
        Assert.Equal([EventKind.RealNameSet], HubFixture.EventsOf(ann).Select(static heard => heard.Kind));
        Assert.Equal([EventKind.RealNameSet], HubFixture.EventsOf(inside).Select(static heard => heard.Kind));
        Assert.Equal([EventKind.RealNameSet], HubFixture.EventsOf(wants).Select(static heard => heard.Kind));
        Assert.Empty(HubFixture.EventsOf(wantsNot));
    }

    [Fact]
    public void Departures_rememberTheLast()
    {
        var first = _bench.Connect("first");
        _bench.Hub.Disconnect(first, "");
        var ann = _bench.Connect("ann");
        for (var i = 0; i < WhoWasList.MaxRemembered - 1; i++)
        {
            _bench.Nick(ann, $"n{i}");
        }

        Assert.Equal("ann", Bytes.Utf8(Assert.Single(_bench.Hub.WhoWas.Of("ANN"u8)).Nick));
        Assert.Empty(_bench.Hub.WhoWas.Of("first"u8));
    }

    private static (EventKind Kind, string Nick)[] Told(Session session)
    {
        var told = HubFixture.EventsOf(session).Where(static heard => heard.Kind is EventKind.NickOnline or EventKind.NickOffline)
            .Select(static heard => (heard.Kind, heard.Nick)).ToArray();
        HubFixture.EventsOf(session).Clear();
        return told;
    }
}
