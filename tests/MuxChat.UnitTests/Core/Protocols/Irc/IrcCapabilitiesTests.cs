using MuxChat.Core.Protocols.Irc;

namespace MuxChat.UnitTests.Core.Protocols.Irc;

/// <summary>Lists of capabilities in lines of 512 bytes (IRCv3 capability negotiation 302).</summary>
public sealed class IrcCapabilitiesTests
{
    [Fact]
    public void AllCapabilities_fitTheOneLineOfAClientThatKnowsNoVersion()
    {
        var start = $":muxchat.local CAP {new string('n', 30)} LS :";
        Assert.InRange(start.Length + IrcCapNames.All.Length, 0, IrcLine.MaxContent);
    }

    [Theory]
    [InlineData("ab cd ef", 8, "ab cd ef")]
    [InlineData("ab cd ef", 7, "ab cd ")]
    [InlineData("ab cd ef", 6, "ab cd ")]
    [InlineData("ab cd ef", 5, "ab cd ")]
    [InlineData("ab cd ef", 4, "ab ")]
    [InlineData("ab cd ef", 1, "")]
    [InlineData("", 4, "")]
    public void Fit_cutsBehindAName(string names, int free, string fits) =>
        Assert.Equal(fits, names[..IrcCapabilities.Fit(Bytes.Utf8(names), free)]);
}
