// A chat client over a Unix socket, for Java 16 and later: says one line in a room and prints all that it is told.
// Usage: java UnixChat.java PATH ROOM TEXT
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

public class UnixChat {
    public static void main(String[] args) throws Exception {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(args[0]));
        String typed = "/join " + args[1] + "\n" + args[2] + "\n/quit\n";
        channel.write(ByteBuffer.wrap(typed.getBytes("UTF-8")));
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        while (channel.read(buffer) >= 0) {
            System.out.print(new String(buffer.array(), 0, buffer.position(), "UTF-8"));
            buffer.clear();
        }
        channel.close();
    }
}
