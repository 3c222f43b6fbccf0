using MuxChat.Core.Chat;
using static MuxChat.UnitTests.Core.Protocols.Uploads.UploadWire;

namespace MuxChat.UnitTests.Core.Protocols.Uploads;

/// <summary>Headers that are wrong, and names that mean more than a name.</summary>
public sealed class UploadHeaderTests
{
    private static readonly byte[] Content = FileFixture.Random(1000);

    private readonly FileFixture _bench = new();

    [Theory]
    [InlineData("{\"data_size\":5}", "filename is missing")]
    [InlineData("{\"data_size\":5,\"filename\":null}", "filename is missing")]
    [InlineData("{\"data_size\":5,\"filename\":\"\"}", "filename is missing")]
    [InlineData("{\"data_size\":5,\"filename\":7}", "filename must be a string")]
    [InlineData("{\"data_size\":5,\"filename\":\"\\ud800\"}", "half a surrogate")]
    [InlineData("{\"data_size\":5,\"filename\":\"a\",\"filename\":\"b\"}", "filename is given twice")]
    [InlineData("{\"data_size\":5,\"filename\":\"a\",\"hash\":\"xyz\"}", "MD5 or SHA-256")]
    [InlineData("{\"data_size\":5,\"filename\":\"a\",\"hash\":5}", "hash must be a string")]
    [InlineData("{\"data_size\":5,\"filename\":\"a\",\"hash\":[1,[2]]}", "hash must be a string")]
    [InlineData("{\"data_size\":5,\"filename\":\"a\",\"hash\":null,\"hash\":null}", "hash is given twice")]
    public void Header_with_a_size_is_refused_and_its_bytes_are_skipped(string json, string why)
    {
        var talk = _bench.StartUpload();
        talk.Feed([.. Header(true, json), .. "hello"u8, .. Header(true, Facts(Content, "null")), .. Content]);
        var answers = ReadAnswers(_bench.ReadAll(talk), true);
        Assert.Contains(why, (string?)answers[0]["error"], StringComparison.Ordinal);
        Assert.Null(answers[1]["error"]);
        Assert.Equal(CloseReason.None, talk.Client.Ending);
    }

    [Theory]
    [InlineData("not JSON", "not a JSON object")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{\"data_size\":5,\"filename\":\"a\"} x", "not a JSON object")]
    [InlineData("{\"data_size\":5,\"filename\":\"a\"", "not a JSON object")]
    [InlineData("{\"filename\":\"a\"}", "data_size")]
    [InlineData("{\"data_size\":-1,\"filename\":\"a\"}", "data_size")]
    [InlineData("{\"data_size\":1.5,\"filename\":\"a\"}", "data_size")]
    [InlineData("{\"data_size\":1e99,\"filename\":\"a\"}", "data_size")]
    [InlineData("{\"data_size\":9223372036854775807,\"filename\":\"a\"}", "data_size")]
    [InlineData("{\"data_size\":\"5\",\"filename\":\"a\"}", "data_size")]
    [InlineData("{\"data_size\":{},\"filename\":\"a\"}", "data_size")]
    [InlineData("{\"data_size\":5,\"data_size\":5,\"filename\":\"a\"}", "data_size")]
    [InlineData("{\"data_size\":-5,\"data_size\":5,\"filename\":\"a\"}", "data_size")]
    [InlineData("{\"data_size\":5,\"filenam\\ud800\":\"a\",\"\\ud800ata_size\":1}", "not a JSON object")]
    [InlineData("{\"data_size\":20000000,\"filename\":\"a\"}", "at most")]
    [InlineData("\u00ff", "not a JSON object")]
    public void Header_after_which_nothing_can_be_found_closes_with_the_reason(string json, string why)
    {
        var talk = _bench.StartUpload();
        talk.Feed([.. Header(false, Bytes.Latin(json)), .. Header(false, Facts(Content, "null")), .. Content]);
        var answer = Assert.Single(ReadAnswers(_bench.ReadAll(talk), false));
        Assert.Contains(why, (string?)answer["error"], StringComparison.Ordinal);
        Assert.Equal((CloseReason.UploadRefused, 0), (talk.Client.Ending, _bench.Store.Count));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 1 })]
    [InlineData(new byte[] { 0, 1, 1, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255 })]
    [InlineData(new byte[] { (byte)'G', (byte)'E', (byte)'T', (byte)' ' })]
    public void Length_that_cannot_be_closes_with_the_reason(byte[] length)
    {
        var talk = _bench.StartUpload();
        talk.Feed([.. length, .. Header(false, Facts(Content, "null")), .. Content]);
        Assert.Contains("65535", (string?)Assert.Single(ReadAnswers(_bench.ReadAll(talk), false))["error"], StringComparison.Ordinal);
        Assert.Equal(CloseReason.UploadRefused, talk.Client.Ending);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Header_may_have_65535_bytes(bool isLittle)
    {
        var json = "{\"data_size\":0,\"filename\":\"a\",\"other\":\"" + new string('x', 65_535 - 41) + "\"}";
        var talk = _bench.StartUpload();
        talk.Feed(Header(isLittle, json));
        Assert.Equal(65_535, json.Length);
        Assert.Null(Assert.Single(ReadAnswers(_bench.ReadAll(talk), isLittle))["error"]);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\\\Users\\\\a.txt", "a.txt")]
    [InlineData("a\\u202Efdp.exe", "afdp.exe")]
    [InlineData("a\\r\\nb", "a  b")]
    [InlineData("...", "file")]
    [InlineData("/", "file")]
    public void Name_is_only_shown_and_leads_nowhere(string given, string name)
    {
        var talk = _bench.StartUpload();
        talk.Feed([.. Header(false, $"{{\"data_size\":1,\"filename\":\"{given}\"}}"), 1]);
        _bench.ReadAll(talk);
        Assert.Equal(name, (string?)_bench.Member.ReadFrames()[^1]["name"]);
    }

    [Fact]
    public void Name_of_300_bytes_is_cut_and_keeps_its_extension()
    {
        var talk = _bench.StartUpload();
        talk.Feed([.. Header(false, $"{{\"data_size\":1,\"filename\":\"{new string('é', 150)}.jpeg\"}}"), 1]);
        _bench.ReadAll(talk);
        Assert.Equal(new string('é', 125) + ".jpeg", (string?)_bench.Member.ReadFrames()[^1]["name"]);
    }
}
