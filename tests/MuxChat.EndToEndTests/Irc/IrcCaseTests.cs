using MuxChat.EndToEndTests.Support;

namespace MuxChat.EndToEndTests.Irc;

/// <summary>Every case of the tables, against the built server.</summary>
public sealed class IrcCaseTests(SharedServers servers)
{
    private static readonly IrcCase[] All = [.. IrcLoginCases.All, .. IrcMessageCases.All, .. IrcEncodingCases.All, .. IrcRoomCases.All,
        .. IrcModeCases.All, .. IrcTalkCases.All, .. IrcQueryCases.All, .. IrcCrossCases.All, .. IrcHostileCases.All,
        .. IrcLabelCases.All, .. IrcHistoryCases.All, .. IrcTagCases.All, .. IrcPresenceCases.All, .. IrcRedactionCases.All,
        .. IrcReplayCases.All, .. IrcMuteCases.All, .. IrcKickCases.All];

    public static TheoryData<string> Names => new(All.Select(one => one.ToString()));

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_goes_as_written(string name)
    {
        using var play = new IrcPlay(servers.For(IoModels.Default));
        play.Play(All.Single(one => one.ToString() == name));
    }

    [Theory]
    [EveryIo(Except = IoModels.Default)]
    public void Cases_go_as_written_under_each_model(string io)
    {
        foreach (var one in All)
        {
            using var play = new IrcPlay(servers.For(io));
            play.Play(one);
        }
    }

    [Fact]
    public void Names_are_all_different() => Assert.Distinct(All.Select(one => one.ToString()));
}
