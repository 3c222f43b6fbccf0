using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Protocols;

public sealed class ProtocolTableTests
{
    private readonly ProtocolSet _set = new(new FrameLimits(), web: WebSettings.None);

    [Fact]
    public void Rows_areFoundByTheirSchemes_whichAreTheProtocolsNames()
    {
        Assert.Equal(
            [
                "line", "http", "frame", "irc", ProtocolTable.LittleEndianFrame, ProtocolTable.StsOnlyIrc, "utf", "upload", "exec",
                ProtocolTable.LittleEndianExec, "echo", "upper",
                "echo+utf", "upper+utf",
            ],
            ProtocolTable.Rows.Select(static row => row.Scheme));
        Assert.All(ProtocolTable.Rows, row => Assert.Equal(row.Scheme.Split('?')[0], _set.Find(row.Scheme)!.Name));
        Assert.Equal(ProtocolTable.Rows.Count, _set.All.Count);
        Assert.Null(_set.Find(ProtocolTable.Auto));
        Assert.Throws<KeyNotFoundException>(() => _set.Find("gopher"));
    }

    [Fact]
    public void Row_ofAnAutoListener_isTheFirstOrHasASignature() => Assert.Equal(
        ["http", "frame", "irc"], ProtocolTable.Rows.Where(static row => row.Recognise is not null).Select(static row => row.Scheme));

    [Fact]
    public void Warmup_ofEachRow_isThere() => Assert.All(ProtocolTable.Rows, static row => Assert.NotEmpty(row.Warmup));

    // Else a client that waits for its signature would be warmed up as another protocol's.
    [Fact]
    public void Warmup_ofEachRowOfAnAutoListener_isDetectedAsItsProtocolAndEndsInQuitting()
    {
        foreach (var row in ProtocolTable.Rows.Take(1).Concat(ProtocolTable.Rows.Where(static row => row.Recognise is not null)))
        {
            Assert.All(row.Warmup, first => Assert.Same(_set.Find(row.Scheme), _set.Detector.Detect(first)));
            foreach (var conversation in row.Warmup)
            {
                var bench = new ProtocolConnectionFixture { Detector = _set.Detector };
                var talk = bench.Start(null);
                talk.Feed(conversation);

                // The flood budget and long answers hold a client back for a moment.
                for (var i = 0; i < 1000 && talk.Client.Ending == CloseReason.None; i++)
                {
                    bench.Advance(10);
                    talk.Resume();
                }

                Assert.Contains(talk.Client.Ending, new[] { CloseReason.Quit, CloseReason.HttpRefused, CloseReason.WebSocketClosed });
            }
        }
    }
}
