using System.Text;
using MuxChat.LoadTests.Wires;
using MuxChat.LoadTests.Yardsticks;

namespace MuxChat.UnitTests.LoadTests.Wires;

/// <summary>What a wire allocates for each line that it hears: nothing, because the load must not be what limits a run.</summary>
[Collection(nameof(Alone))]
[Trait("run", "deep")]
public class WireAllocationTests
{
    /// <summary>Name of a transport or yardstick, and one message with a line.</summary>
    public static TheoryData<string, string> Messages { get; } = new()
    {
        { "irc", ":u7!~u7@127.0.0.1 PRIVMSG #load0 :s7 n0 abc\r\n" },
        { "redis", ">3\r\n$7\r\nmessage\r\n$6\r\n#load0\r\n$14\r\n<u7> s7 n0 abc\r\n" },
        { "nats", "MSG #load0 1 14\r\n<u7> s7 n0 abc\r\n" },
        { "mosquitto", "\x30\x16\0\x05load0\0<u7> s7 n0 abc" },
        { "floor", "u9: <u7> s7 n0 abc\n" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Line_that_is_heard_allocates_nothing(string name, string message)
    {
        const int Lines = 1000;
        var transport = Transport.Find(name) ?? Yardstick.Find(name)!.Transport;
        var wire = transport.Wires()(3);
        var owner = new CountingOwner();
        byte[] original = Encoding.Latin1.GetBytes(message);
        var received = new byte[original.Length];

        void Hear(int times)
        {
            for (var i = 0; i < times; i++)
            {
                // A wire may change what it has used.
                original.CopyTo(received, 0);
                wire.Receive(received, owner);
            }
        }

        Assert.Equal(0, Allocations.Of(() => Hear(Lines), () => Hear(Lines)));
        Assert.Equal(2 * Lines, owner.Lines);
    }

    private sealed class CountingOwner : IWireOwner
    {
        public int Lines { get; private set; }

        public void OnLine(ReadOnlySpan<byte> line) => Lines += line.SequenceEqual("<u7> s7 n0 abc"u8) ? 1 : 0;

        public void SendBytes(ReadOnlySpan<byte> bytes) => throw new NotSupportedException("nothing is to be sent");

        public void Fail(string why) => throw new InvalidOperationException(why);
    }
}
