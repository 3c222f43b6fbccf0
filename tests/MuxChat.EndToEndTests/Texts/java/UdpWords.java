// A UDP client: sends some datagrams, one of them empty and one large, and prints what comes back for each.
// Usage: java UdpWords.java HOST PORT
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

public class UdpWords {
    public static void main(String[] args) throws Exception {
        InetAddress host = InetAddress.getByName(args[0]);
        int port = Integer.parseInt(args[1]);
        DatagramSocket socket = new DatagramSocket();
        for (String word : new String[] {"hello", "", "two words", "x".repeat(60000)}) {
            byte[] data = word.getBytes();
            socket.send(new DatagramPacket(data, data.length, host, port));
            DatagramPacket answer = new DatagramPacket(new byte[65535], 65535);
            socket.receive(answer);
            String text = new String(answer.getData(), 0, answer.getLength());
            System.out.println(answer.getLength() + " bytes from port " + answer.getPort() + " "
                + text.substring(0, Math.min(20, text.length())));
        }
        socket.close();
    }
}
