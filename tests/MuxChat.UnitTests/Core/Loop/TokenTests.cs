using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

public sealed class TokenTests
{
    [Theory]
    [InlineData(0, 0u, 0ul)]
    [InlineData(1, 0u, 1ul)]
    [InlineData(0, 1u, 0x1_0000_0000ul)]
    [InlineData(int.MaxValue, uint.MaxValue, 0xFFFF_FFFF_7FFF_FFFFul)]
    [InlineData(-1, 0u, 0xFFFF_FFFFul)]
    [InlineData(-1, 7u, 0x7_FFFF_FFFFul)]
    [InlineData(int.MinValue, 3u, 0x3_8000_0000ul)]
    public void Token_packed_isOneNumberAndComesBack(int index, uint generation, ulong packed)
    {
        var token = new Token(index, generation);
        Assert.Equal(packed, token.Packed);
        Assert.Equal(token, Token.Unpack(packed));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Token_ofAListener_namesIt(int number)
    {
        Assert.True(Token.Unpack(Token.ForListener(number).Packed).IsListener(out var listener));
        Assert.Equal(number, listener);
    }

    [Fact]
    public void Token_ofAConnection_isNoListener() => Assert.False(new Token(0, 1).IsListener(out _));
}
