using System.Security.Cryptography;
using System.Text;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Listening;

/// <summary>The services that send back what comes.</summary>
public sealed class EchoTests(EchoTests.Shared shared) : IClassFixture<EchoTests.Shared>
{
    private const string Greeting = "byebye";
    private const int MiB = 1024 * 1024;

    private ServerProcess Server => shared.Server;

    [Theory]
    [InlineData("echo", "Grüße, 世界\r\n\0")]
    [InlineData("upper", "GRüßE, 世界\r\n\0")]
    public void Greeting_comes_first_and_then_what_was_sent(string listener, string answer)
    {
        using var client = new EchoClient(Server.Address(listener));
        client.Expect(Greeting);
        client.Send("Grüße, 世界\r\n\0");
        client.Expect(answer);
        client.Sync();
    }

    [Fact]
    public void Greeting_is_a_message_where_there_are_messages()
    {
        using var client = new UtfClient(Server.Address("upper+utf"));
        client.Expect(Greeting);
        client.SendBytes([.. UtfClient.Message("one"u8), .. UtfClient.Message([]), .. UtfClient.Message("two"u8)]);
        client.Expect("ONE");
        client.Expect("");
        client.Expect("TWO");
        client.SendBytes(UtfClient.Message(new byte[ushort.MaxValue]));
        client.Expect("error: the message is longer than 65534 bytes: it was dropped\n");
        client.SendBytes(UtfClient.Message(Encoding.ASCII.GetBytes(new string('a', ushort.MaxValue - 1))));
        client.Expect(new string('A', ushort.MaxValue - 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mebibyte_comes_back_whole(bool isHalfClosed)
    {
        var sent = RandomNumberGenerator.GetBytes(MiB);
        using var client = new EchoClient(Server.Address("echo"));
        client.Expect(Greeting);
        byte[] received = [];
        Together.Run(
            () =>
            {
                client.SendBytes(sent);
                if (isHalfClosed)
                {
                    client.ShutdownSend();
                }
            },
            () => received = isHalfClosed ? client.ReadToEnd() : client.Read(MiB));
        Assert.True(sent.AsSpan().SequenceEqual(received), $"{received.Length} bytes came back, or others than the {MiB} sent");
        Assert.False(client.WasReset);
    }

    [Fact]
    public void Server_that_stops_closes_those_who_are_connected()
    {
        using var server = new Shared().Server;
        using var echo = new EchoClient(server.Address("echo"));
        using var upper = new UtfClient(server.Address("upper+utf"));
        echo.Expect(Greeting);
        upper.Expect(Greeting);
        server.Signal("TERM");
        echo.ExpectEnd();
        upper.ExpectEnd();
        Assert.Equal(0, server.WaitForExit());
    }

    public sealed class Shared : IDisposable
    {
        public ServerProcess Server { get; } = ServerProcess.Start("--greet", Greeting, "--flood", "off",
            "--listen", "echo://127.0.0.1:0", "--listen", "upper://127.0.0.1:0", "--listen", "upper+utf://127.0.0.1:0");

        public void Dispose() => Server.Dispose();
    }
}
