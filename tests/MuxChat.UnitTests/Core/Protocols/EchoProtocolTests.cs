using System.Text;
using MuxChat.Core.Protocols.Echo;

namespace MuxChat.UnitTests.Core.Protocols;

public sealed class EchoProtocolTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("abcxyz", "ABCXYZ")]
    [InlineData("`a z{@A Z[", "`A Z{@A Z[")]
    [InlineData("grüße, straße", "GRüßE, STRAßE")]
    [InlineData("a\0b 😀 c", "A\0B 😀 C")]
    public void ToUpper_changesAsciiLettersWhateverStandsBeforeThem(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        EchoProtocol.ToUpper(bytes);
        Assert.Equal(expected, Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void ToUpper_leavesEveryOtherByte()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(static value => (byte)value)];
        var upper = all.ToArray();
        EchoProtocol.ToUpper(upper);
        Assert.Equal(all.Select(static value => value is >= (byte)'a' and <= (byte)'z' ? (byte)(value - 32) : value), upper);
    }
}
