using MuxChat.LoadTests.Wires;

namespace MuxChat.UnitTests.LoadTests.Wires;

/// <summary>The wire to an MQTT broker, byte by byte. The sections are those of MQTT 5.</summary>
public class MqttWireTests
{
    private static readonly byte[] Connect = [0x10, 13, 0, 4, .. "MQTT"u8, 5, 2, 0, 0, 0, 0, 0];
    private static readonly byte[] Subscribe = [0x82, 11, 0, 1, 0, 0, 5, .. "load0"u8, 4];
    private static readonly byte[] Ping = [0xC0, 0];
    private static readonly byte[] Connected = [0x20, 6, 0, 0, 3, 0x22, 0, 10];
    private static readonly byte[] Subscribed = [0x90, 4, 0, 1, 0, 0];
    private static readonly byte[] Pong = [0xD0, 0];
    private static readonly byte[] Message = [0x30, 18, 0, 5, .. "load0"u8, 0, .. "<u7> s7 n0"u8];
    private static readonly byte[] MessageWithProperties = [0x30, 14, 0, 1, (byte)'a', 2, 1, 1, .. "<u7> abc"u8];

    private readonly RecordingOwner _owner = new();

    /// <summary>Packets that a broker never sends, in hexadecimal.</summary>
    public static TheoryData<string> Wrong { get; } =
        ["00", "10", "3002", "300100", "30020001", "3003000500", "3003000161", "300400016180", "300400016105", "2000", "900100",
            "D00100", "3080808080", "30FFFFFFFF01", "D000D000"];

    [Fact]
    public void Commands_become_packets()
    {
        var wire = Opened();
        wire.Send("hi\n/part\n/quit\n"u8, _owner);
        byte[] said = [0x30, 15, 0, 5, .. "load0"u8, 0, .. "<u3> hi"u8];
        byte[] unsubscribed = [0xA2, 10, 0, 2, 0, 0, 5, .. "load0"u8];
        Assert.Equal([.. Connect, .. Subscribe, .. Ping, .. said, .. unsubscribed, 0xE0, 0], _owner.ReadSent());
    }

    [Fact]
    public void Packets_become_lines_however_they_are_cut() => _owner.AssertHears(
        Opened,
        [.. Connected, .. Subscribed, .. Pong, .. Message, .. MessageWithProperties, 0xB0, 4, 0, 2, 0, 0x11, 0xE0, 0],
        ["* pong ready", "<u7> s7 n0", "<u7> abc"]);

    [Fact]
    public void Length_of_more_than_one_byte_goes_both_ways()
    {
        const int TextLength = 300;
        const int Length = 2 + 5 + 1 + 5 + TextLength;
        var wire = Opened();
        _owner.ReadSent();
        wire.Send([.. Enumerable.Repeat((byte)'x', TextLength), (byte)'\n'], _owner);
        var packet = _owner.ReadSent();
        Assert.Equal([0x30, (Length & 0x7F) | 0x80, Length >> 7], packet[..3]);
        Assert.Equal(3 + Length, packet.Length);

        _owner.AssertHears(Opened, [.. Subscribed, .. packet], ["<u3> " + new string('x', TextLength)]);
    }

    [Fact]
    public void Refusals_of_the_server_become_errors()
    {
        Opened().Receive([0x20, 3, 0, 0x87, 0, 0x90, 4, 0, 1, 0, 0x87, 0xE0, 1, 0x8E], _owner);
        Assert.Equal(["! the server refused the connection, reason 0x87", "! the server refused the subscription, reason 0x87",
            "! the server refused to go on, reason 0x8E"], _owner.Lines);
    }

    [Fact]
    public void Pong_before_the_join_is_confirmed_fails_the_client()
    {
        Opened().Receive(Pong, _owner);
        Assert.Equal("a ping was answered before the join was confirmed", _owner.Failure);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Packet_that_the_server_never_sends_fails_the_client(string hex)
    {
        var wire = Opened();
        wire.Receive([.. Subscribed], _owner);
        wire.Receive([.. Convert.FromHexString(hex), 0, 0, 0, 0, 0], _owner);
        Assert.StartsWith("this is no MQTT: ", _owner.Failure, StringComparison.Ordinal);
    }

    // A wire that has sent its login.
    private MqttWire Opened()
    {
        var wire = new MqttWire();
        wire.Begin(_owner);
        wire.Send("/nick u3\n/join #load0\n/part #lobby\n/ping ready\n"u8, _owner);
        return wire;
    }
}
