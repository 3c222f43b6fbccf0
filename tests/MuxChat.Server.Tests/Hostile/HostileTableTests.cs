namespace MuxChat.Server.Tests.Hostile;

/// <summary>Every case of the table, each by its name.</summary>
public sealed class HostileTableTests(HostileServer server) : IClassFixture<HostileServer>
{
    private const int LeastCases = 300;

    public static TheoryData<string> Names { get; } = [.. HostileTable.All.Select(hostile => hostile.Name)];

    [Fact]
    public void Table_has_many_cases_and_each_a_name_of_its_own()
    {
        Assert.True(HostileTable.All.Count >= LeastCases, $"{HostileTable.All.Count} cases");
        Assert.Empty(HostileTable.All.GroupBy(hostile => hostile.Name).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_client_is_answered_as_the_table_says(string name) => HostileRun.Play(HostileTable.Get(name), server.Process, server.PingTimes);
}
