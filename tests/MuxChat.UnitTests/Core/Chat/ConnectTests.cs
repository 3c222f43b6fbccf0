using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat;

public sealed class ConnectTests
{
    [Fact]
    public void Connect_newcomer_isWelcomedAndInTheLobby()
    {
        var bench = new HubFixture(motd: Bytes.Utf8("hello\n"));
        var session = bench.Hub.Connect(new RecordingRecipient());
        Assert.Equal(
            ["Welcome #lobby guest-1 hello\n", "Joined #lobby guest-1", "RoomState #lobby guest-1"],
            HubFixture.EventsOf(session).Select(static heard => heard.Short));
        Assert.Equal("#lobby", Bytes.Utf8(session.Current!.Name));
        Assert.Equal((1L, 1), (HubFixture.EventsOf(session)[2].Seq, HubFixture.EventsOf(session)[2].Total));
    }

    [Fact]
    public void Connect_others_areTold()
    {
        var bench = new HubFixture();
        var first = bench.Connect();
        bench.Connect();
        Assert.Equal(["Joined #lobby guest-2"], HubFixture.Take(first));
        Assert.Equal(2, bench.Hub.SessionCount);
    }

    [Fact]
    public void Connect_guestNumberInUse_takesTheNext()
    {
        var bench = new HubFixture();
        var first = bench.Connect();
        Assert.True(bench.Nick(first, "GUEST-2").IsOk);
        var second = bench.Connect();
        Assert.Equal("guest-3", Bytes.Utf8(second.Person.Nick));
    }

    [Fact]
    public void Connect_afterAGuestLeft_doesNotReuseItsNumber()
    {
        var bench = new HubFixture();
        bench.Hub.Disconnect(bench.Connect(), "gone");
        Assert.Equal("guest-2", Bytes.Utf8(bench.Connect().Person.Nick));
    }

    [Theory]
    [InlineData("lobby")]
    [InlineData("#a b")]
    [InlineData("")]
    public void Hub_lobbyThatIsNoRoomName_throws(string lobby) => Assert.Throws<ArgumentException>(() => new HubFixture(lobby: lobby));

    [Fact]
    public void Disconnect_session_tellsEveryRoomAndIsGone()
    {
        var bench = new HubFixture();
        var (gone, inLobby, inRoom) = (bench.Connect("gone"), bench.Connect("lobbyist"), bench.Connect("roomer"));
        bench.Join(gone, "#room");
        bench.Join(inRoom, "#room");
        bench.Part(inRoom, "#lobby");
        Assert.Equal("#room", Bytes.Utf8(inRoom.Current!.Name));
        HubFixture.Take(inLobby);
        HubFixture.Take(inRoom);
        HubFixture.Take(gone);
        var announcements = bench.Delivery.Announcements;

        bench.Hub.Disconnect(gone, "slow consumer");
        Assert.Equal(["Quit #lobby gone slow consumer"], HubFixture.Take(inLobby));
        Assert.Equal(["Quit #room gone slow consumer"], HubFixture.Take(inRoom));
        Assert.Empty(HubFixture.Take(gone));
        Assert.Equal((true, 2, announcements + 1), (gone.IsGone, bench.Hub.SessionCount, bench.Delivery.Announcements));
        Assert.Null(gone.Current);

        bench.Hub.Disconnect(gone, "again");
        Assert.Empty(HubFixture.Take(inLobby));
    }

    [Fact]
    public void Quit_withReason_tellsTheRoomsAndFreesTheNick()
    {
        var bench = new HubFixture();
        var (quitter, other) = (bench.Connect("Alice"), bench.Connect("bob"));
        HubFixture.Take(quitter);
        Assert.True(bench.Do(CommandKind.Quit, quitter, text: "bye").IsOk);
        Assert.Equal(["Quit #lobby Alice Quit: bye"], HubFixture.Take(other));
        Assert.Empty(HubFixture.Take(quitter));
        Assert.True(bench.Nick(other, "alice").IsOk);
        Assert.Throws<InvalidOperationException>(() => bench.Say(quitter, "still here"));
    }

    [Theory]
    [InlineData("a\nb", ErrorCode.ControlCharacter)]
    [InlineData(null, ErrorCode.TooLong)]
    public void Quit_withBadReason_isRefusedAndNobodyLeaves(string? reason, ErrorCode code)
    {
        var bench = new HubFixture();
        var (quitter, other) = (bench.Connect(), bench.Connect());
        Assert.Equal(code, bench.Do(CommandKind.Quit, quitter, text: reason ?? new string('x', 4097)).Code);
        Assert.False(quitter.IsGone);
        Assert.Empty(HubFixture.Take(other));
    }

    [Fact]
    public void Nothing_asked_isDoneAndHeardByNobody()
    {
        var bench = new HubFixture();
        var session = bench.Connect();
        Assert.Equal(CommandResult.Ok(), bench.Do(CommandKind.None, session));
        Assert.Empty(HubFixture.Take(session));
    }
}
