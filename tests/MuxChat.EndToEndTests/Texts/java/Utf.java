// A client of writeUTF and readUTF: says hello and hi, and prints the answers. With a fourth word it reads a greeting first.
// Usage: java Utf.java HOST PORT [greeted]
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.Socket;

public class Utf {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        if (args.length > 2) {
            System.out.println("Greeting: " + in.readUTF());
        }
        for (String word : new String[] {"hello", "hi", "", "a\u0000b \uD83D\uDE00"}) {
            out.writeUTF(word);
            String answer = in.readUTF();
            System.out.println(answer.length() + " " + answer.equals(word.toUpperCase()) + " " + answer.replaceAll("[^ -~]", "?"));
        }
        socket.close();
    }
}
