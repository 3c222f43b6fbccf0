using System.Text.Json;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Transfers;

/// <summary>Shares files of this machine in rooms, and saves shared ones. One goes each way at a time; others wait.</summary>
/// <remarks>A transfer that a break interrupts goes on where it was, once the client is in the room again.</remarks>
internal sealed class FileTransfers(ChatSession session)
{
    /// <summary>Why a file did not come to its end, if the client ended before.</summary>
    public const string ClientEnded = "this client ended before";

    /// <summary>Files that wait in each direction: 20. Further ones are refused.</summary>
    private const int MaxWaiting = 20;

    private readonly Queue<OutgoingFile> _outgoing = new();
    private readonly Queue<IncomingFile> _incoming = new();

    /// <summary>How many files are on their way or wait.</summary>
    public int Count => _outgoing.Count + _incoming.Count;

    /// <summary>How many files could not be shared or saved.</summary>
    public int Failed { get; private set; }

    /// <summary>Shares a file in a room, after those that wait.</summary>
    public void Share(string room, string path)
    {
        if (_outgoing.Count >= MaxWaiting)
        {
            Fail($"{MaxWaiting} files wait already");
        }
        else if (OutgoingFile.TryOpen(session, room, path, out var why) is { } file)
        {
            _outgoing.Enqueue(file);
            file.Ended = () => Next(_outgoing);
            BeginFirst(_outgoing);
        }
        else
        {
            Fail($"cannot share {path}: {why}");
        }
    }

    /// <summary>Saves a shared file, after those that wait.</summary>
    /// <param name="room">The room in which it was shared.</param>
    /// <param name="number">Its number.</param>
    /// <param name="path">The place to save it; empty for its name in the working directory.</param>
    public void Get(string room, long number, string path)
    {
        if (_incoming.Count >= MaxWaiting)
        {
            Fail($"{MaxWaiting} files wait already");
            return;
        }

        var file = new IncomingFile(session, room, number, path);
        _incoming.Enqueue(file);
        file.Ended = () => Next(_incoming);
        BeginFirst(_incoming);
    }

    /// <summary>Takes a frame about files.</summary>
    public void Receive(string type, JsonElement frame)
    {
        switch (type)
        {
            case "upload" when _outgoing.TryPeek(out var file):
                file.Begun(frame);
                break;
            case "file" when _incoming.TryPeek(out var file):
                file.Begun(frame);
                break;
            case "chunk" when _incoming.TryPeek(out var file):
                file.Take(frame);
                break;
            case "files":
                List(frame);
                break;
        }
    }

    /// <summary>The connection broke.</summary>
    public void Broke()
    {
        foreach (ITransfer transfer in (ITransfer[])[.. _outgoing, .. _incoming])
        {
            transfer.Broke();
        }
    }

    /// <summary>The client is in a room, for the first time or again.</summary>
    public void Entered(ChatView view)
    {
        foreach (var transfer in Firsts().Where(one => !one.IsBegun && Names.AreSame(one.Room, view.Name)))
        {
            transfer.Begin();
        }
    }

    /// <summary>The client ends. Removes what is saved in part, and returns a sentence for each file that is not shared or saved.</summary>
    public IReadOnlyList<string> Stop()
    {
        string[] unfinished = [.. _outgoing.Select(static file => file.Stop()), .. _incoming.Select(static file => file.Stop())];
        _outgoing.Clear();
        _incoming.Clear();
        return unfinished;
    }

    /// <summary>A file is not shared or saved: tells the user why, and counts it.</summary>
    public void Fail(string mistake)
    {
        Failed++;
        session.Mistake(mistake);
    }

    private ITransfer[] Firsts() => [.. _outgoing.Take(1), .. _incoming.Take(1)];

    private void Next<T>(Queue<T> queue)
        where T : ITransfer
    {
        // Without a connection it begins when the client is in its room again.
        queue.Dequeue();
        if (queue.Count > 0 && session.Phase == SessionPhase.Ready)
        {
            queue.Peek().Begin();
        }
    }

    private void BeginFirst<T>(Queue<T> queue)
        where T : ITransfer
    {
        if (queue.Count == 1 && session.Phase == SessionPhase.Ready)
        {
            queue.Peek().Begin();
        }
    }

    private void List(JsonElement frame)
    {
        foreach (var file in frame.Items("files"))
        {
            session.Note($"{file.Number("number")} {RoomEvent.DescribeFile(file)} by {file.Text("from")}");
        }

        if (!frame.Flag("more"))
        {
            session.Note($"files of {frame.Text("room")}: {frame.Number("total")}");
        }
    }
}

/// <summary>A file on its way.</summary>
internal interface ITransfer
{
    /// <summary>The room in which it is shared.</summary>
    string Room { get; }

    /// <summary>Whether it has been asked for on this connection.</summary>
    bool IsBegun { get; }

    /// <summary>Asks the server to begin, or to go on.</summary>
    void Begin();

    /// <summary>The connection broke: nothing more comes of what was asked.</summary>
    void Broke();

    /// <summary>The client ends. Returns a sentence that says which file did not come to its end.</summary>
    string Stop();
}
