// Posts one alert by one datagram.
// Usage: java Notify.java HOST PORT TEXT
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

public class Notify {
    public static void main(String[] args) throws Exception {
        byte[] data = args[2].getBytes("UTF-8");
        new DatagramSocket().send(new DatagramPacket(data, data.length, InetAddress.getByName(args[0]), Integer.parseInt(args[1])));
    }
}
