// A chat client of writeUTF and readUTF: joins a room, says hello and hi, and prints all that it is told.
// Usage: java UtfChat.java HOST PORT NICK ROOM
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.net.Socket;

public class UtfChat {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        in.readUTF();
        in.readUTF();
        out.writeUTF("/nick " + args[2]);
        System.out.println(in.readUTF());
        out.writeUTF("/join " + args[3]);
        System.out.println(in.readUTF());
        out.writeUTF("hello");
        out.writeUTF("hi \uD83D\uDE00");
        System.out.println(in.readUTF());
        out.writeUTF("/quit");
        try {
            while (true) {
                System.out.println(in.readUTF());
            }
        } catch (EOFException end) {
            System.out.println("The server closed the connection");
        }
        socket.close();
    }
}
