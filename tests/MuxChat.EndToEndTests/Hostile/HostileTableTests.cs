using MuxChat.EndToEndTests.Hostile.Cases;
using MuxChat.EndToEndTests.Support;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>Every case of the table, each by its name: in the default run one of each kind, in the deep run all others.</summary>
public sealed class HostileTableTests(HostileServer server) : IClassFixture<HostileServer>
{
    // A part of one of each kind, for several clients at a time.
    private const int EverySo = 8;

    private const string Run = "run";
    private const string Deep = "deep";

    // Family, cases, kinds: all that there are. A case that is lost, or a kind that falls into another, changes a number.
    private static readonly (string Family, int Cases, int Kinds)[] Sizes =
    [
        (nameof(ControlsOnLines), 135, 7),
        (nameof(ControlsOnFrames), 240, 5),
        (nameof(InvisibleTexts), 180, 13),
        (nameof(InvisibleRoomNames), 84, 2),
        (nameof(LineFraming), 48, 28),
        (nameof(BadUtf8), 253, 2),
        (nameof(FrameLengths), 48, 20),
        (nameof(BrokenJson), 99, 9),
        (nameof(HttpOnThePort), 102, 15),
        (nameof(FileRequests), 32, 2),
        (nameof(UploadHeaders), 47, 4),
        (nameof(OtherProtocols), 57, 10),
        (nameof(ProxyHeaders), 39, 8),
        (nameof(TelnetStorms), 107, 11),
        (nameof(NamesAsPaths), 365, 11),
        (nameof(LookAlikes), 87, 11),
        (nameof(StatesOnLines), 62, 27),
        (nameof(StatesOnFrames), 67, 20),
        (nameof(Floods), 35, 33),
        (nameof(Echoes), 52, 12),
        (nameof(RunsOnLines), 38, 17),
        (nameof(RunsOnFrames), 18, 7),
        (nameof(ExecLines), 28, 9),
        (nameof(EchoMessages), 76, 8),
        (nameof(UtfTexts), 101, 15),
        (nameof(IrcOnUnix), 23, 16),
        (nameof(SharedFiles), 51, 16),
        (nameof(OtherListeners.LittleEndian), 95, 5),
        (nameof(OtherListeners.LinesOnUnix), 97, 8),
        (nameof(OtherListeners.FramesOnUnix), 110, 7),
        (nameof(OtherListeners.AutoOnUnix), 79, 4),
        (nameof(OtherListeners.AutoOnIPv6), 79, 4),
    ];

    public static TheoryData<string> Names { get; } = [.. HostileTable.All.Select(Row)];

    [Fact]
    public void Table_has_as_many_cases_and_kinds_as_it_should()
    {
        var sizes = HostileTable.Families.Select(family => (family.Name, family.Cases.Count, family.Kinds.Count()));
        Assert.True(sizes.SequenceEqual(Sizes),
            $"Sizes was to be:\n{string.Join(",\n", sizes.Select(size => $"(nameof({size.Name}), {size.Item2}, {size.Item3})"))}");
    }

    [Fact]
    public void Each_case_has_a_name_of_its_own() => Assert.Distinct(HostileTable.All.Select(hostile => hostile.Name));

    [Fact]
    public void Default_run_has_one_case_of_each_kind()
    {
        var inDefaultRun = Names.Where(row => !row.Traits.ContainsKey(Run)).Select(row => row.Data).ToHashSet();
        Assert.All(HostileTable.Families.SelectMany(family => family.Kinds),
            kind => Assert.Single(kind, hostile => inDefaultRun.Contains(hostile.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_client_is_answered_as_the_table_says(string name)
    {
        var hostile = HostileTable.Get(name);
        Assert.SkipUnless(server.Has(hostile), $"this machine has no listener {hostile.Listener}: it takes IPv6, or Linux");
        HostileRun.Play(hostile, server.Process, server.PingTimes);
    }

    [Fact]
    public void Nothing_is_left_of_hostile_clients_who_come_together()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors are read from /proc");
        using var own = new HostileServer(IoModels.Default);
        IdleServer.PlayTogether(
            [.. HostileTable.OneOfEachKind.Where((hostile, index) => index % EverySo == 0 && own.CanPlayBesideOthers(hostile))],
            own.Process, own.PingTimes);
    }

    private static TheoryDataRow<string> Row(HostileCase hostile) =>
        HostileTable.OneOfEachKind.Contains(hostile) ? new(hostile.Name) : new TheoryDataRow<string>(hostile.Name).WithTrait(Run, Deep);
}
