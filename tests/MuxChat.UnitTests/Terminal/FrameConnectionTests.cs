using MuxChat.Terminal.Connection;

namespace MuxChat.UnitTests.Terminal;

/// <summary>Frames that meet the end of their connection, which its own threads bring about.</summary>
public sealed class FrameConnectionTests
{
    private const int Rounds = 200;
    private const int NoServer = 1;

    [Fact]
    public void Frames_sent_while_the_connection_ends_are_dropped()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var closed = false;
            var options = new ConnectionOptions { Address = new ServerAddress("127.0.0.1", NoServer) };
            using var connection = FrameConnection.Open(options, [], _ => Volatile.Write(ref closed, true));
            while (!Volatile.Read(ref closed))
            {
                connection.Send([]);
            }
        }
    }
}
