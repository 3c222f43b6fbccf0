using MuxChat.Core.Protocols.Irc;

namespace MuxChat.UnitTests.Core.Protocols.Irc;

/// <summary>Tags before a line (IRCv3 message tags).</summary>
public sealed class IrcTagsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain+:=,", "plain+:=,")]
    [InlineData("raw+:=,escaped\\:\\s\\\\", "raw+:=,escaped; \\")]
    [InlineData("\\r\\n", "\r\n")]
    [InlineData("test\\", "test")]
    [InlineData("\\b\\\u00e9", "b\u00e9")]
    [InlineData("\\\\s", "\\s")]
    public void Unescape_readsWhatIsMeant(string escaped, string value) =>
        Assert.Equal(value, Bytes.Utf8(IrcTags.Unescape(Bytes.Utf8(escaped))));

    [Fact]
    public void Label_thatIsNotUtf8_isNone() => Assert.Null(IrcTags.Label([.. "label=a"u8, 0xFF]));

    [Theory]
    [InlineData("@a;b=c PING 1", "a;b=c")]
    [InlineData("  @a", "a")]
    [InlineData("PING @a", "")]
    [InlineData("", "")]
    public void TagsOf_aLine_areThoseOfTheWholeMessage(string line, string tags)
    {
        Assert.Equal(tags, Bytes.Utf8(IrcMessage.TagsOf(Bytes.Utf8(line))));
        Assert.Equal(tags, Bytes.Utf8(IrcMessage.Parse(Bytes.Utf8(line)).Tags));
    }

    [Fact]
    public void Escaped_isReadAgainAsItWas()
    {
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var value = new byte[random.Next(20)];
            for (var at = 0; at < value.Length; at++)
            {
                value[at] = "\\;: \r\nsrn\u00e9a"u8[random.Next(11)];
            }

            var escaped = IrcTags.Escaped(value);

            Assert.Equal(value, IrcTags.Unescape(escaped));
            Assert.DoesNotContain(escaped, static one => one is (byte)';' or (byte)' ' or (byte)'\r' or (byte)'\n');
        }
    }

    [Theory]
    [InlineData("label=x", "x")]
    [InlineData("a;label=x;b=c", "x")]
    [InlineData("label=x;label=y", "y")]
    [InlineData("label=a\\sb\\:", "a b;")]
    [InlineData("", null)]
    [InlineData("label", null)]
    [InlineData("label=", null)]
    [InlineData("Label=x", null)]
    [InlineData("+label=x", null)]
    [InlineData("label=\u001b", null)]
    [InlineData("label=a\\nb", null)]
    public void Label_isTheLastThatCanBeOne(string tags, string? label) =>
        Assert.Equal(label, IrcTags.Label(Bytes.Utf8(tags)) is { } read ? Bytes.Utf8(read) : null);

    [Fact]
    public void Label_has64BytesAtTheMost()
    {
        Assert.Equal(64, IrcTags.Label(Bytes.Utf8("label=" + new string('x', 64)))!.Length);
        Assert.Equal(64, IrcTags.Label(Bytes.Utf8("label=" + string.Concat(Enumerable.Repeat("\\s", 64))))!.Length);
        Assert.Null(IrcTags.Label(Bytes.Utf8("label=" + new string('x', 65))));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a=b;label=x", "")]
    [InlineData("+a", "+a")]
    [InlineData("+a=;+b=c\\sd", "+a=;+b=c\\sd")]
    [InlineData("x;+a=1;y=2;+draft/reply=7-8;z", "+a=1;+draft/reply=7-8")]
    [InlineData("+example.com/foo-1=\u00e9;+a=1;+a=2", "+example.com/foo-1=\u00e9;+a=1;+a=2")]
    [InlineData("+;+=x;+a_b;+a/;+/a;+a/b/c;++a;+\u00e9;;", "")]
    [InlineData("+a=\u001b[2J;+b=\u0007;+c=\u0085;+d=\u0002;+e=ok", "+e=ok")]
    [InlineData("+a=b=c", "+a=b=c")]
    public void ClientOnlyTags_areThoseWithAPlus(string tags, string expected)
    {
        var copy = new byte[200];

        var length = IrcTags.CopyClientOnly(Bytes.Utf8(tags), copy);

        Assert.Equal(expected, Bytes.Utf8(copy.AsSpan(0, length)));
    }
}
