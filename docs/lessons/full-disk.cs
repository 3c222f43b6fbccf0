// Chapter 16, full-disk.md: a server says "ok" to a message that never reaches the disk.
using System.Net;
using System.Net.Sockets;
using System.Text;

const string FullDisk = "/dev/full";
if (!OperatingSystem.IsLinux() || !File.Exists(FullDisk))
{
    Console.WriteLine("This program needs /dev/full, which only Linux has.");
    return 0;
}

using var listener = NewSocket();
listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
listener.Listen();
using var client = NewSocket();
client.Connect(listener.LocalEndPoint!);
using var server = listener.Accept();
var buffer = new byte[256];
var (early, stored) = (AnswerEarly(), AnswerWhenStored());
Console.WriteLine($"the cure: the client reads: {stored}");
return early == "ok" && stored != "ok" ? 0 : 1;

// The failure: the write goes to a buffer of the program, so it succeeds. The disk refuses later, when the answer is out.
string AnswerEarly()
{
    var answer = "";
    try
    {
        using var journal = new FileStream(FullDisk, FileMode.Open, FileAccess.Write);
        journal.Write("keep this\n"u8);
        answer = Answer("ok");
        Console.WriteLine($"an early answer: the client reads: {answer}");
    }
    catch (IOException error) { Console.WriteLine($"and then the disk: {error.Message}"); }

    return answer;
}

// The cure: write, flush to the disk, and only then answer.
string AnswerWhenStored()
{
    try
    {
        using var journal = new FileStream(FullDisk, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        journal.Write("keep this\n"u8);
        journal.Flush(flushToDisk: true);
        return Answer("ok");
    }
    catch (IOException error) { return Answer($"not stored: {error.Message}"); }
}

string Answer(string text)
{
    server.Send(Encoding.ASCII.GetBytes(text));
    return Encoding.ASCII.GetString(buffer, 0, client.Receive(buffer));
}

static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
