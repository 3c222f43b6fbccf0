using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;

namespace MuxChat.UnitTests.Core.Chat.History;

/// <summary>How far persons had heard the rooms that they left.</summary>
public sealed class HeardListTests
{
    private readonly HubFixture _bench = new();
    private readonly HeardList _heard = new();

    [Fact]
    public void Last_departure_counts_andOnlyForItsPersonAndRoom()
    {
        var (ann, bob) = (_bench.Connect("ann").Person, _bench.Connect("bob").Person);
        var (lobby, tea) = (ann.Memberships[0].Room, Enter("tea", "#tea").Memberships[^1].Room);

        Assert.Equal(0, _heard.LastOf(ann, lobby));
        _heard.Note(ann, lobby);
        _bench.Say(bob.Session!, "later");
        _heard.Note(ann, lobby);
        Assert.Equal((lobby.LastSeq, 0, 0), (_heard.LastOf(ann, lobby), _heard.LastOf(bob, lobby), _heard.LastOf(ann, tea)));
    }

    [Fact]
    public void Oldest_departure_isForgotten_beyondTheLimit()
    {
        var (ann, bob) = (_bench.Connect("ann").Person, _bench.Connect("bob").Person);
        var lobby = ann.Memberships[0].Room;
        _heard.Note(ann, lobby);
        for (var i = 1; i < HeardList.MaxRemembered; i++)
        {
            _heard.Note(bob, lobby);
        }

        Assert.Equal(lobby.LastSeq, _heard.LastOf(ann, lobby));
        _heard.Note(bob, lobby);
        Assert.Equal(0, _heard.LastOf(ann, lobby));
    }

    private Person Enter(string nick, string room)
    {
        var session = _bench.Connect(nick);
        _bench.Join(session, room);
        return session.Person;
    }
}
