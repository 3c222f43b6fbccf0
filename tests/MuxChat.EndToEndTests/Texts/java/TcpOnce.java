// A TCP client: connects, sends one message, prints the answer.
// Usage: java TcpOnce.java HOST PORT MESSAGE
import java.net.Socket;

public class TcpOnce {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        socket.getOutputStream().write(args[2].getBytes("UTF-8"));
        byte[] buffer = new byte[1024];
        int length = socket.getInputStream().read(buffer);
        System.out.println("Received: " + new String(buffer, 0, length, "UTF-8"));
        socket.close();
    }
}
