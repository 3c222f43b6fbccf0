using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Texts;

/// <summary>The clients of teaching texts, run as they are against the built server. What they print is known to the letter.</summary>
[Trait("run", "deep")]
public sealed class TextClientTests(TextServer server) : IClassFixture<TextServer>
{
    private const string LargeStart = "xxxxxxxxxxxxxxxxxxxx";

    [Theory]
    [InlineData("python/tcp_once.py", "upper", "grüße", "GRüßE")]
    [InlineData("python/tcp_once.py", "echo", "grüße", "grüße")]
    [InlineData("java/TcpOnce.java", "upper", "gruesse", "GRUESSE")]
    [InlineData("java/TcpOnce.java", "echo", "gruesse", "gruesse")]
    public void One_message_has_one_answer(string file, string listener, string word, string answer) =>
        Assert.Equal([$"Received: {answer}"], TextClient.Run(file, "", [.. server.At(listener), word]));

    [Fact]
    public void Python_loop_has_an_answer_for_each_word() => Assert.Equal(
        ["Server: ONE", "Server: TWO WORDS", "Server: THREE", "Connection closed"],
        TextClient.Run("python/tcp_loop.py", "one\ntwo words\nthree\n\nnever sent\n", server.At("upper")));

    [Fact]
    public void Java_loop_has_an_answer_for_each_word() => Assert.Equal(
        ["Server: ONE", "Server: TWO WORDS", "Server: ", "Server: THREE", "Connection closed"],
        TextClient.Run("java/TcpLoop.java", "one\ntwo words\n\nthree\nquit\nnever sent\n", server.At("upper")));

    [Fact]
    public void Python_client_reads_the_greeting_first()
    {
        using var greeting = ServerProcess.Start("--greet", "byebye", "--listen", "upper://127.0.0.1:0");
        Assert.Equal(["byebye", "HELLO", "HI"],
            TextClient.Run("python/tcp_greeting.py", "hello\nhi\nquit\n", TextServer.WordsOf(greeting.Address("upper"))));
    }

    [Fact]
    public void Java_client_reads_the_greeting_first()
    {
        using var greeting = ServerProcess.Start("--greet", "byebye", "--listen", "upper+utf://127.0.0.1:0");
        Assert.Equal(["Greeting: byebye", "5 true HELLO", "2 true HI", "0 true ", "6 true A?B ?"],
            TextClient.Run("java/Utf.java", "", [.. TextServer.WordsOf(greeting.Address("upper+utf")), "greeted"]));
    }

    [Fact]
    public void Java_messages_come_back_one_by_one() => Assert.Equal(
        ["5 true HELLO", "2 true HI", "0 true ", "6 true A?B ?"], TextClient.Run("java/Utf.java", "", server.At("upper+utf")));

    [Fact]
    public void Java_chat_talks_with_a_client_on_lines()
    {
        using var scene = new Scene(server.Process);
        var alice = scene.Line("alice");
        var nick = Scene.NewNick("java");
        using var chat = TextClient.Start("java/UtfChat.java", [.. server.At("utf"), nick, scene.Room]);
        alice.Expect($"* {nick} joined {scene.Room}", $"<{nick}> hello", $"<{nick}> hi 😀");
        alice.Send("hello, java");
        Assert.Equal(
            [$"* guest-... is now {nick}", $"* you are in {scene.Room} (2 here), no topic", $"[{scene.Room}] <{alice.Nick}> hello, java",
                "* goodbye: you quit", "The server closed the connection"],
            WithoutGuestNumber(TextClient.EndOf(chat)));
        alice.Expect($"* {nick} quit");
    }

    [Theory]
    [InlineData("python/udp_words.py", "upper+udp", "HELLO", "TWO WORDS", "X")]
    [InlineData("python/udp_words.py", "echo+udp", "hello", "two words", "x")]
    [InlineData("java/UdpWords.java", "upper+udp", "HELLO", "TWO WORDS", "X")]
    [InlineData("java/UdpWords.java", "echo+udp", "hello", "two words", "x")]
    public void Each_datagram_has_one_answer_of_its_length(string file, string listener, string hello, string words, string letter)
    {
        var port = server.Process.EndPoint(listener).Port;
        var isPython = file.EndsWith(".py", StringComparison.Ordinal);
        string Shown(string text) => isPython ? $"b'{text}'" : text;
        Assert.Equal(
            [$"5 bytes from port {port} {Shown(hello)}", $"0 bytes from port {port} {Shown("")}",
                $"9 bytes from port {port} {Shown(words)}",
                $"60000 bytes from port {port} {Shown(LargeStart.Replace("x", letter, StringComparison.Ordinal))}"],
            TextClient.Run(file, "", server.At(listener)));
    }

    [Theory]
    [InlineData("python/notify.py")]
    [InlineData("java/Notify.java")]
    [InlineData("shell/notify.sh")]
    public void Alert_is_heard_in_the_room(string file)
    {
        using var alice = server.Process.ConnectLines();
        alice.Send("/join #alerts", "/part #lobby");
        alice.Sync();
        Assert.Empty(TextClient.Run(file, "", [.. server.At("notify+udp"), "s3cret backup done"]));
        alice.Expect("<udp/localhost> backup done");
        alice.ExpectNothing();
    }

    [Theory]
    [InlineData("python/unix_chat.py")]
    [InlineData("java/UnixChat.java")]
    public void Chat_over_a_unix_socket_is_known_by_its_user(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the user of a Unix socket is known on Linux only");
        using var scene = new Scene(server.Process);
        var alice = scene.Line("alice");
        var isPython = file.EndsWith(".py", StringComparison.Ordinal);
        string[] arguments = [.. server.At("line+unix"), scene.Room];
        var printed = isPython ? TextClient.Run(file, "hello\n", arguments) : TextClient.Run(file, "", [.. arguments, "hello"]);
        string[] expected =
        [
            $"* Welcome to MuxChat! You are {Machine.UserNick}..., in #lobby. Type to talk in the room; /help lists the commands.",
            "* you are in #lobby (... here), no topic",
            $"* you are in {scene.Room} (2 here), no topic",
            "* goodbye: you quit",
        ];
        Assert.True(printed.Count == expected.Length && printed.Zip(expected).All(pair => LinePattern.Matches(pair.Second, pair.First)),
            $"It was to print:\n{string.Join('\n', expected)}\nand printed:\n{string.Join('\n', printed)}");
        alice.Expect(
            $"* {Machine.UserNick}... joined {scene.Room}", $"<{Machine.UserNick}...> hello", $"* {Machine.UserNick}... quit");
    }

    [Fact]
    public void Python_irc_over_a_unix_socket_is_heard_on_lines()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the user of a Unix socket is known on Linux only");
        using var scene = new Scene(server.Process);
        var alice = scene.Line("alice");
        var nick = Scene.NewNick("py");
        var source = $"{nick}!{Machine.UserNick}@localhost";
        Assert.Equal(
            [$":muxchat.local 001 {nick} :Welcome to the MuxChat network, {source}", $":{source} JOIN {scene.Room}",
                $":muxchat.local 366 {nick} {scene.Room} :End of /NAMES list", ":muxchat.local PONG muxchat.local :done",
                "ERROR :Closing link: you quit"],
            TextClient.Run("python/irc_unix.py", "", [.. server.At("irc+unix"), nick, scene.Room]));
        alice.Expect($"* {nick} joined {scene.Room}", $"<{nick}> hello from python", $"* {nick} quit: Quit: bye");
    }

    [Theory]
    [InlineData("python/tcp6_once.py")]
    [InlineData("java/TcpOnce.java")]
    public void Client_over_ipv6_has_its_answer(string file)
    {
        Assert.SkipUnless(Machine.HasIPv6, "this machine has no IPv6");
        using var six = ServerProcess.Start("--listen", "upper+tcp6://[::1]:0");
        Assert.Equal(["Received: HELLO"], TextClient.Run(file, "", [.. TextServer.WordsOf(six.Address("upper+tcp6")), "hello"]));
    }

    [Theory]
    [InlineData("frame", ">i")]
    [InlineData("frame+tcp", "<i")]
    [InlineData("frame+tcp", "i")]
    public void Python_client_with_a_fixed_header_speaks_json_in_either_byte_order(string listener, string header)
    {
        Assert.SkipUnless(BitConverter.IsLittleEndian || header != "i", "this machine's own byte order is the other one");
        Assert.Equal(
            ["welcome", "joined", "room", "joined", "room", "{'type': 'pong', 'token': 'grüße'}", "ok",
                "{'type': 'closing', 'reason': 'you quit'}"],
            TextClient.Run("python/frame_chat.py", "", [.. server.At(listener), header, Scene.NewRoom()]));
    }

    [Theory]
    [InlineData("exec", ">i")]
    [InlineData("exec+tcp", "<i")]
    public void Python_client_runs_commands_and_reads_as_many_bytes_as_the_header_says(string listener, string header)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "commands work on Unix only");
        Assert.Equal(
            [
                @"0 None 8 b'gr\xc3\xbc\xc3\x9fe\n' b'gr\xc3\xbc\xc3\x9fe\n'",
                "0 None 588895 b'1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n10' b'\\n100000\\n'",
                "None this command is not one that the server runs 0 b'' b''",
            ],
            TextClient.Run("python/exec_client.py", "echo grüße\ncount \"seq 100000\"\nrm -rf\n", [.. server.At(listener), header]));
    }

    [Theory]
    [InlineData("big", "md5")]
    [InlineData("big", "sha256")]
    [InlineData("big", "null")]
    [InlineData("big", "none")]
    [InlineData("little", "md5")]
    [InlineData("little", "sha256")]
    [InlineData("little", "null")]
    [InlineData("little", "none")]
    public void Python_client_uploads_files_in_either_byte_order_with_any_hash(string order, string hash)
    {
        using var folder = new DataFolder();
        using var alice = server.Process.ConnectLines();
        alice.Send("/join #files", "/part #lobby");
        alice.Sync();
        string[] files = [Path.Combine(folder.Path, "empty.txt"), Path.Combine(folder.Path, "large.bin")];
        File.WriteAllBytes(files[0], []);
        File.WriteAllBytes(files[1], new byte[1_000_000]);
        var printed = TextClient.Run("python/upload.py", "", [.. server.At("upload"), order, hash, .. files]);
        Assert.Equal(files.Length, printed.Count);
        Assert.All(printed, static line => Assert.Matches("^shared as number [0-9]+ with 0 bytes of answer: 32 digits$", line));
        alice.Expect("* upload/localhost shared empty.txt (0 bytes): /get ...", "* upload/localhost shared large.bin (977 KB): /get ...");
    }

    [Theory]
    [InlineData(">I")]
    [InlineData("<I")]
    public void Python_client_learns_that_a_hash_is_wrong_and_uploads_again(string header) => Assert.Equal(
        ["the bytes do not have the given hash: nothing is shared", "None"],
        TextClient.Run("python/upload_struct.py", "", [.. server.At("upload"), header, "spam.txt"]));

    // Which number a guest has depends on those who came before.
    private static IEnumerable<string> WithoutGuestNumber(IReadOnlyList<string> lines) =>
        lines.Select(line => Regex.Replace(line, @"guest-\d+", "guest-..."));
}
