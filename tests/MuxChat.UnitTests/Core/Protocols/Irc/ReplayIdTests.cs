using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Protocols.Irc;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Protocols.Irc;

/// <summary>The ids of lines that are shown once more (IRCv3 message ids: one message has one id).</summary>
public sealed class ReplayIdTests
{
    [Fact]
    public void Line_fromBeforeAnUncleanEnd_keepsTheIdUnderWhichItWasSaid()
    {
        var bench = new ProtocolConnectionFixture();
        bench.Hub.Restore(new StoredEvent
        {
            Kind = EventKind.Said,
            Room = "#tea"u8,
            Epoch = 5,
            Seq = 1,
            UnixMs = 1_000,
            Nick = "bob"u8,
            Text = "hello"u8
        });
        bench.Hub.FinishRestoring(new NoJournal(), wasClean: false);
        var talk = bench.Start(new IrcProtocol());

        talk.Say("CAP REQ :message-tags\r\nNICK ann\r\nUSER u 0 * :u\r\nCAP END\r\nJOIN #tea\r\n");
        var text = talk.Read();

        Assert.Contains("@msgid=5-1 :bob!bob@history NOTICE #tea :[1970-01-01 00:00:01] <bob> hello\r\n", text, StringComparison.Ordinal);
        Assert.Matches("@msgid=(?!5-)[0-9]+-2 :ann!~u@", text);
    }
}
