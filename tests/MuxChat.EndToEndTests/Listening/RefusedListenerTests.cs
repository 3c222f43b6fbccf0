using MuxChat.EndToEndTests.Support;

namespace MuxChat.EndToEndTests.Listening;

/// <summary>
/// Listeners that the server refuses, in one line. All mistakes in a URI are parsed in process: UnitTests, Server/ListenUriTests.
/// </summary>
public sealed class RefusedListenerTests
{
    private static readonly string[] OfTheLoopAlone =
    [
        "echo://127.0.0.1:0", "upper+tcp4://127.0.0.1:0", "echo+utf://127.0.0.1:0", "upper+utf://127.0.0.1:0", "utf://127.0.0.1:0",
        "frame://127.0.0.1:0?header=le32", "line+unix:///no/such/folder/a", "irc+unix:///no/such/folder/a",
        "frame+unix:///no/such/folder/a", "auto+unix:///no/such/folder/a", "echo+unix:///no/such/folder/a", "echo+udp://127.0.0.1:0",
        "upper+udp4://127.0.0.1:0", "notify+udp://127.0.0.1:0?room=alerts&key=s3cret", "upload://127.0.0.1:0?room=files",
    ];

    private static readonly string Hash = SharedServers.Root["root:".Length..];

    // In the default run one of each model, and the one that has a key.
    public static TheoryData<string, string> Models =>
    [
        .. OfTheLoopAlone.SelectMany((uri, index) => ((string[])["threads", "async"]).Select(io =>
            (index, io) is (0, "threads") or (6, "async") || uri.Contains("key=", StringComparison.Ordinal)
                ? new TheoryDataRow<string, string>(io, uri) : new TheoryDataRow<string, string>(io, uri).WithTrait("run", "deep"))),
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void Other_models_refuse_what_is_the_loops_alone(string io, string uri)
    {
        // The byte order is the reason, and so it is shown; a key is not.
        var shown = uri.Contains("header=", StringComparison.Ordinal) ? uri : uri.Split('?')[0];
        var line = OneLine.Expect(OneLine.Usage,
            $"--listen {shown}: only the event loop serves it; use --io auto, select or epoll",
            ["--io", io, "--listen", "line://127.0.0.1:0", "--listen", uri]);
        Assert.DoesNotContain("s3cret", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("threads", "--proxy-from", "--proxy-from", "127.0.0.1")]
    [InlineData("async", "--gateway", "--gateway", "127.0.0.1:HASH")]
    [InlineData("async", "--admin http://127.0.0.1:0", "--admin", "http://127.0.0.1:0")]
    [InlineData("threads", "--tls-cert no.pem", "--tls-cert", "no.pem", "--tls-key", "no.pem")]
    [InlineData("async", "--tls-cert no.pem", "--tls-cert", "no.pem", "--tls-key", "no.pem", "--sts", "chat.test")]
    [InlineData("threads", "--origin https://chat.test", "--origin", "https://chat.test")]
    [InlineData("async", "--public-url https://chat.test", "--public-url", "https://chat.test")]
    [InlineData("threads", "an option of shared files", "--max-file-mb", "0")]
    public void Other_models_refuse_options_that_only_the_loop_has(string io, string shown, params string[] options) =>
        OneLine.Expect(OneLine.Usage, $"{shown}: only the event loop serves it; use --io auto, select or epoll",
            ["--io", io, .. options.Select(static one => one.Replace("HASH", Hash, StringComparison.Ordinal))]);

    [Theory]
    [InlineData("notify+udp://127.0.0.1:7005?key=s3cret", "--listen notify+udp://127.0.0.1:7005: the room is missing")]
    [InlineData("upload://127.0.0.1:7005", "--listen upload://127.0.0.1:7005: the room is missing: upload://HOST:PORT?room=alerts")]
    [InlineData("line+unix://chat.sock", "--listen line+unix://chat.sock: a Unix socket has an absolute path")]
    public void Malformed_uri_is_one_line_and_exit_code_2(string uri, string says) =>
        Assert.DoesNotContain("s3cret", OneLine.Expect(OneLine.Usage, says, ["--listen", uri]), StringComparison.Ordinal);
}
