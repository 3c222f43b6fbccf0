// A TCP client: sends each line that is typed, and prints the line that comes back. "quit" ends it.
// Usage: java TcpLoop.java HOST PORT
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.util.Scanner;

public class TcpLoop {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true);
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        Scanner keyboard = new Scanner(System.in);
        String line = keyboard.nextLine();
        while (!line.equals("quit")) {
            out.println(line);
            System.out.println("Server: " + in.readLine());
            line = keyboard.nextLine();
        }
        socket.close();
        System.out.println("Connection closed");
    }
}
