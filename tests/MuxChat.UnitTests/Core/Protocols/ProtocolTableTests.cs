using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Protocols;

public sealed class ProtocolTableTests
{
    private readonly ProtocolSet _set = new(new FrameLimits());

    [Fact]
    public void Rows_areFoundByTheirSchemes_whichAreTheProtocolsNames()
    {
        Assert.Equal(["line", "frame", "irc"], ProtocolTable.Rows.Select(static row => row.Scheme));
        Assert.All(ProtocolTable.Rows, row => Assert.Equal(row.Scheme, _set.Find(row.Scheme)!.Name));
        Assert.Equal(ProtocolTable.Rows.Count, _set.All.Count);
        Assert.Null(_set.Find(ProtocolTable.Auto));
        Assert.Throws<KeyNotFoundException>(() => _set.Find("gopher"));
    }

    [Fact]
    public void Row_withoutASignature_isTheFirstAlone() => Assert.Equal(
        [true, .. Enumerable.Repeat(false, ProtocolTable.Rows.Count - 1)],
        ProtocolTable.Rows.Select(static row => row.Recognise is null));

    // Else a client that waits for its signature would be warmed up as another protocol's.
    [Fact]
    public void Warmup_ofEachRow_isDetectedAsItsProtocolAndEndsInQuitting()
    {
        foreach (var row in ProtocolTable.Rows)
        {
            Assert.NotEmpty(row.Warmup);
            Assert.All(row.Warmup, first => Assert.Same(_set.Find(row.Scheme), _set.Detector.Detect(first)));
            foreach (var conversation in row.Warmup)
            {
                var bench = new ProtocolConnectionFixture();
                var talk = bench.Start(null);
                talk.Feed(conversation);

                // The flood budget and long answers hold a client back for a moment.
                for (var i = 0; i < 1000 && talk.Client.Ending == CloseReason.None; i++)
                {
                    bench.Advance(10);
                    talk.Resume();
                }

                Assert.Equal(CloseReason.Quit, talk.Client.Ending);
            }
        }
    }
}
