using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Irc;

/// <summary>The cases that need a server with operators, or one with a password.</summary>
public sealed class IrcOperatorCaseTests(SharedServers servers)
{
    private static readonly IrcCase[] All = [.. IrcOperatorCases.All, .. IrcBotCases.All, .. IrcPasswordCases.All];

    public static TheoryData<string> Names => new(All.Select(one => one.ToString()));

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_goes_as_written(string name) => Play(All.Single(one => one.ToString() == name), IoModels.Default);

    [Theory]
    [EveryIo(Except = IoModels.Default)]
    public void Cases_go_as_written_under_each_model(string io)
    {
        foreach (var one in All)
        {
            Play(one, io);
        }
    }

    [Fact]
    public void Names_are_all_different() => Assert.Distinct(All.Select(one => one.ToString()));

    [Theory]
    [EveryIo]
    public void Operators_are_counted(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--oper", SharedServers.Root);
        using var first = new IrcClient(server.EndPoint("auto"));
        using var second = new IrcClient(server.EndPoint("auto"));
        first.LogIn("ann");
        second.LogIn("ben");
        Assert.Contains(":muxchat.local 252 ann 0 :operator(s) online", LUsers(first));
        first.Send("OPER root secret");
        Assert.Equal(":muxchat.local 381 ann :You are now an IRC operator", first.Read());
        second.Send("OPER root secret");
        Assert.Equal(":muxchat.local 381 ben :You are now an IRC operator", second.Read());
        Assert.Contains(":muxchat.local 252 ann 2 :operator(s) online", LUsers(first));
        first.Send("KILL ben :x");
        second.ReadToEnd();
        Assert.Contains(":muxchat.local 252 ann 1 :operator(s) online", LUsers(first));
        first.Send("MODE ann -o");
        Assert.Contains(":muxchat.local 252 ann 0 :operator(s) online", LUsers(first));
    }

    private void Play(IrcCase one, string io)
    {
        using var play = new IrcPlay(IrcPasswordCases.All.Contains(one) ? servers.WithPassword(io) : servers.WithOperators(io));
        play.Play(one);
    }

    private static List<string> LUsers(IrcClient client)
    {
        client.Send("LUSERS");
        return client.Ping();
    }
}
