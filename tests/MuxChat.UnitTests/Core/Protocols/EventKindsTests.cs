using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>The table of event kinds, and every kind through every format: a format shows it, or is named here.</summary>
public sealed class EventKindsTests
{
    private static readonly (string Name, IWireFormat Format, EventKind[] NotShown)[] Formats =
    [
        ("line", new LineProtocol().FormatFor(1),
        [
            EventKind.Erased, EventKind.Signal, EventKind.Tagged, EventKind.RealNameSet, EventKind.NickOnline, EventKind.NickOffline,
            EventKind.Killed, EventKind.Ping, EventKind.Ok, EventKind.OperatorRefused,
        ]),
        ("json", new JsonProtocol().FormatFor(1),
        [
            EventKind.Signal, EventKind.Tagged, EventKind.RealNameSet, EventKind.NickOnline, EventKind.NickOffline, EventKind.Killed,
            EventKind.Ok, EventKind.OperatorRefused, EventKind.Rehashed, EventKind.Sent,
        ]),
        ("irc", new IrcProtocol().FormatsFor(IrcCaps.MessageTags).FormatFor(1),
        [
            EventKind.Erased, EventKind.Welcome, EventKind.RoomState, EventKind.Ok, EventKind.Sent,
        ]),
    ];

    [Fact]
    public void Kind_inEachFormat_isShownUnlessItIsNamedHere() => Assert.All(Formats, static one =>
        Assert.Equal(
            one.NotShown.Order(),
            Enum.GetValues<EventKind>().Where(kind => Samples.Render(one.Format, kind, "text").Length == 0)));

    // Journals on people's disks have these codes.
    [Fact]
    public void StoredCode_ofAKind_neverChanges() => Assert.Equal(
        [
            EventKind.Said, EventKind.Acted, EventKind.Joined, EventKind.Left, EventKind.Quit, EventKind.Renamed, EventKind.TopicSet,
            EventKind.Kicked, EventKind.ModeSet, EventKind.Shared, EventKind.Redacted,
        ],
        Enumerable.Range(1, EventKinds.MaxStoredCode).Select(static code => EventKinds.OfStored(code)!.Value));

    [Fact]
    public void Row_ofEachKind_isItsOwnAndStoredExactlyWhenNumbered()
    {
        var kinds = Enum.GetValues<EventKind>();
        Assert.Equal(EventKinds.All.Count, EventKinds.All.Select(static row => row.Kind).Distinct().Count());
        Assert.All(EventKinds.All, static row => Assert.Equal(row, EventKinds.Of(row.Kind)));
        Assert.All(kinds, static kind =>
            Assert.Equal(EventKinds.Of(kind).StoredCode > 0, EventKinds.Of(kind).IsNumbered && kind != EventKind.Erased));
        Assert.All(kinds, static kind => Assert.Equal(EventKinds.Of(kind).IsNumbered, JsonRoomEvents.Has(kind)));
        Assert.Equal(default, EventKinds.Of((EventKind)1000));

        // In a journal the two highest bits of the kind have another meaning.
        Assert.InRange(EventKinds.MaxStoredCode, 1, 63);
        Assert.Null(EventKinds.OfStored(0));
        Assert.Null(EventKinds.OfStored(EventKinds.MaxStoredCode + 1));
    }

    [Theory]
    [InlineData("line", "Left Renamed TopicSet Kicked ModeSet Shared Redacted Away Invited", "Quit Renamed Redacted Away Invited")]
    [InlineData("json", "Joined Left Renamed TopicSet Kicked ModeSet Shared Redacted", "Away Invited")]
    [InlineData("irc", "Joined Left Renamed TopicSet Kicked ModeSet Shared Redacted RealNameSet",
        "Quit Renamed Redacted Away Invited RealNameSet")]
    public void Format_tellsTheActorAndEachPersonOnce_ofTheseKinds(string name, string toActor, string once)
    {
        var (_, format, notShown) = Assert.Single(Formats, one => one.Name == name);
        var kinds = Enum.GetValues<EventKind>().Except(notShown).ToArray();
        Assert.Equal(toActor, string.Join(' ', kinds.Where(format.ShowsToActor)));
        Assert.Equal(once, string.Join(' ', kinds.Where(format.IsOncePerPerson)));
    }

    [Fact]
    public void Irc_needsACapability_forTheseKinds() => Assert.Equal(
        "Redacted Tagged Away Invited RealNameSet",
        string.Join(' ', Enum.GetValues<EventKind>().Where(static kind => IrcCapabilities.NeededFor(kind) != IrcCaps.None)));
}
