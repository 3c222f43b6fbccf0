using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Web;

/// <summary>
/// The same conversations in pieces: byte by byte, and in two pieces cut at every position. The answers are the same.
/// </summary>
/// <remarks>
/// Many connections go on at once. Between two pieces the server answers a client of the line protocol. It is then past the piece before,
/// so that the pieces are not joined in one read.
/// </remarks>
public sealed class WebCutTests(WebTableServer server)
{
    private const string Http = "http";

    // Longer conversations are for the deep run.
    private const int ShortBytes = 500;
    private const int LongBytes = 10_000;
    private const int ConnectionsAtOnce = 400;

    public static TheoryData<WebTransport> Transports { get; } = [.. WebTableServer.Transports];

    // A handshake for each position takes its time, so that TLS is for the deep run, and for the chosen conversations alone.
    public static IEnumerable<TheoryDataRow<string, WebTransport>> CutAlways { get; } =
    [
        .. WebTable.All.Where(static one => one.IsCutAlways).SelectMany(static one => WebTableServer.Transports.Select(transport =>
            transport == WebTransport.Tcp ? new TheoryDataRow<string, WebTransport>(one.ToString(), transport)
                : new TheoryDataRow<string, WebTransport>(one.ToString(), transport).WithTrait("run", "deep"))),
    ];

    public static IEnumerable<TheoryDataRow<WebTransport>> ByteByByte { get; } =
    [
        .. WebTableServer.Transports.Select(static transport => transport == WebTransport.Tcp ? new TheoryDataRow<WebTransport>(transport)
            : new TheoryDataRow<WebTransport>(transport).WithTrait("run", "deep")),
    ];

    public static TheoryData<string> CutInDepth { get; } =
        [.. WebTable.All.Where(static one => !one.IsCutAlways && one.Sent.Length <= LongBytes).Select(static one => one.ToString())];

    [Theory]
    [MemberData(nameof(CutAlways))]
    public void Conversation_in_two_pieces_is_answered_the_same_wherever_it_is_cut(string name, WebTransport transport) =>
        PlayInTwoPieces(WebTable.Get(name), transport);

    [Theory]
    [Trait("run", "deep")]
    [MemberData(nameof(CutInDepth))]
    public void Any_conversation_in_two_pieces_is_answered_the_same_wherever_it_is_cut(string name) =>
        PlayInTwoPieces(WebTable.Get(name), WebTransport.Tcp);

    [Theory]
    [MemberData(nameof(ByteByByte))]
    public void Short_conversations_byte_by_byte_are_answered_the_same(WebTransport transport) =>
        PlayByteByByte([.. WebTable.All.Where(static one => one.Sent.Length <= ShortBytes)], transport);

    [Theory]
    [Trait("run", "deep")]
    [MemberData(nameof(Transports))]
    public void Long_conversations_byte_by_byte_are_answered_the_same(WebTransport transport) =>
        PlayByteByByte([.. WebTable.All.Where(static one => one.Sent.Length is > ShortBytes and <= LongBytes)], transport);

    private void PlayInTwoPieces(WebCase one, WebTransport transport)
    {
        using var between = server.Process.ConnectLines();
        var sent = server.Page.Fill(one.Sent);
        for (var first = 1; first < sent.Length; first += ConnectionsAtOnce)
        {
            int[] cuts = [.. Enumerable.Range(first, Math.Min(ConnectionsAtOnce, sent.Length - first))];
            PlayTogether([.. cuts.Select(cut => (one, (byte[][])[sent[..cut], sent[cut..]]))], transport, between);
        }
    }

    private void PlayByteByByte(WebCase[] cases, WebTransport transport)
    {
        using var between = server.Process.ConnectLines();
        PlayTogether([.. cases.Select(one => (one, server.Page.Fill(one.Sent).Chunk(1).ToArray()))], transport, between);
    }

    private void PlayTogether((WebCase One, byte[][] Pieces)[] plays, WebTransport transport, LineClient between)
    {
        var peers = new List<WebPeer>();
        try
        {
            peers.AddRange(plays.Select(_ => server.Connect(Http, transport)));
            for (var piece = 0; piece < plays.Max(static play => play.Pieces.Length); piece++)
            {
                for (var i = 0; i < plays.Length; i++)
                {
                    if (piece < plays[i].Pieces.Length)
                    {
                        peers[i].TrySend(plays[i].Pieces[piece]);
                    }
                }

                between.Sync();
            }

            for (var i = 0; i < plays.Length; i++)
            {
                new WebCheck(plays[i].One, server.Page).Read(peers[i]);
            }
        }
        finally
        {
            peers.ForEach(static peer => peer.Dispose());
        }
    }
}
