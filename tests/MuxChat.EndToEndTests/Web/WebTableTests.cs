using MuxChat.EndToEndTests.Web.Cases;

namespace MuxChat.EndToEndTests.Web;

/// <summary>
/// Every conversation of the table, sent whole: over TCP and TLS, on a listener for HTTP alone, and on one that finds the protocol.
/// </summary>
public sealed class WebTableTests(WebTableServer server)
{
    private const string Http = "http";
    private const string Auto = "auto";

    // A conversation that is lost changes a number.
    private static readonly (string Family, int Cases)[] Sizes =
    [
        (nameof(RequestLines), 61),
        (nameof(Fields), 55),
        (nameof(Bodies), 51),
        (nameof(Methods), 37),
        (nameof(Caching), 43),
        (nameof(Files), 49),
        (nameof(Connections), 39),
        (nameof(Upgrades), 88),
        (nameof(Frames), 93),
        (nameof(Closings), 59),
        (nameof(Messages), 100),
    ];

    public static IEnumerable<TheoryDataRow<string, string, WebTransport>> Rows { get; } =
    [
        .. WebTable.All.SelectMany(static one => ((string[])(one.IsForHttpAlone ? [Http] : [Http, Auto]))
            .SelectMany(service => WebTableServer.Transports.Select(transport => Row(one, service, transport)))),
    ];

    [Fact]
    public void Table_has_as_many_conversations_as_it_should()
    {
        var sizes = WebTable.Families.Select(static family => (family.Name, family.Cases.Length));
        Assert.True(sizes.SequenceEqual(Sizes),
            $"Sizes was to be:\n{string.Join(",\n", sizes.Select(static size => $"(nameof({size.Name}), {size.Length})"))}");
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Conversation_is_answered_as_the_table_says(string name, string service, WebTransport transport)
    {
        var one = WebTable.Get(name);
        using var peer = server.Connect(service, transport);
        peer.TrySend(server.Page.Fill(one.Sent));
        new WebCheck(one, server.Page).Read(peer);
    }

    [Fact]
    public void Each_conversation_has_a_name_of_its_own() => Assert.Distinct(WebTable.All.Select(static one => one.ToString()));

    // What comes before the first byte is another on each service. The deep run has the service that has less of it.
    private static TheoryDataRow<string, string, WebTransport> Row(WebCase one, string service, WebTransport transport)
    {
        var row = new TheoryDataRow<string, string, WebTransport>(one.ToString(), service, transport);
        return service == Auto || one.IsForHttpAlone ? row : row.WithTrait("run", "deep");
    }
}
