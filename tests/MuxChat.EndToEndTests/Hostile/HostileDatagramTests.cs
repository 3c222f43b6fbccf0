using MuxChat.EndToEndTests.Hostile.Cases;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>Every case of datagrams by its name: in the default run one of each kind, in the deep run all others.</summary>
public sealed class HostileDatagramTests(HostileServer server) : IClassFixture<HostileServer>
{
    // Of each listener, in the order of the table. A case that is lost changes a number.
    private static readonly (string Listener, int Cases)[] Sizes = [("echo+udp", 26), ("upper+udp", 26), ("notify+udp", 48)];

    private static readonly DatagramCase[] All = [.. Datagrams.All];

    private static readonly DatagramCase[] OneOfEachKind = [.. All.GroupBy(hostile => hostile.Kind).Select(kind => kind.First())];

    public static TheoryData<string> Names { get; } = [.. All.Select(hostile => OneOfEachKind.Contains(hostile)
        ? new(hostile.Name) : new TheoryDataRow<string>(hostile.Name).WithTrait("run", "deep"))];

    [Fact]
    public void Table_has_as_many_cases_as_it_should_each_with_a_name_of_its_own()
    {
        Assert.Equal(Sizes, All.GroupBy(hostile => hostile.Listener).Select(group => (group.Key, group.Count())));
        Assert.Distinct(All.Select(hostile => hostile.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_datagrams_are_answered_and_heard_as_the_table_says(string name) =>
        DatagramRun.Play(All.Single(hostile => hostile.Name == name), server.Process, server.PingTimes);
}
