namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes that are small enough for one check to see and for every other to miss.</summary>
public static partial class BugList
{
    public static IReadOnlyList<PlantedBug> Seen { get; } =
    [
        new("now and then flood control lets everything pass", "Clients/InputBudget.cs",
            "return !context.Limits.Flood || _flood.IsOpen(nowMs);",
            "return !context.Limits.Flood || _flood.IsOpen(nowMs) || nowMs % 4 == 0;",
            "flood") { IsOnlyFinder = true },
        new("a silent person is greeted too late", "Clients/BrowserAddresses.cs",
            "return last == 0 ? ProtocolDetector.SilenceMs :",
            "return last == 0 ? ProtocolDetector.SilenceMs + 300 :",
            "deadlines") { IsOnlyFinder = true },
        new("a line that was said begins with another sign", "Protocols/Line/LineWireFormat.cs",
            "span[at++] = (byte)'<';",
            "span[at++] = (byte)'(';",
            "injection") { IsOnlyFinder = true },
        new("a private message comes from its receiver", "Chat/TalkCommands.cs",
            "        var message = NewMessage(person, to.Nick, command);",
            "        var message = NewMessage(person, to.Nick, command);\n        message.Nick = to.Nick;",
            "messages") { IsOnlyFinder = true },
        new("a page of the past says too soon that nothing comes after it", "Chat/History/HistoryRange.cs",
            "isCut: end < last);",
            "isCut: end < last - 1);",
            "history") { IsOnlyFinder = true },
        new("a room is looked for in the list by a size that it has no more", "Chat/Rooms/Room.cs",
            "        _order.Remove(this);\n        _members.Add(membership);",
            "        _members.Add(membership);\n        _order.Remove(this);",
            "exception") { IsOnlyFinder = true },
        new("the welcome on IRC lacks a line", "Protocols/Irc/IrcServerQueries.cs",
            "client.Reply(IrcNumeric.Created)",
            "client.Reply(IrcNumeric.YourHost)",
            "login") { IsOnlyFinder = true },
        new("a topic is not given to the journal", "Chat/ChatState.cs",
            "JournalPosition = Journal.Append(",
            "JournalPosition = kind == EventKind.TopicSet ? 0 : Journal.Append(",
            "live") { IsOnlyFinder = true },
        new("of a long text that is said now the last piece is lost", "Protocols/Irc/IrcWireFormat.cs",
            "        while (!text.IsEmpty);\n    }\n\n    private void PutShared",
            "        while (text.Length > IrcLine.MaxContent / 2 || (chatEvent.Epoch > 0 && !text.IsEmpty));\n    }\n\n    private void "
                + "PutShared",
            "pieces") { FromSeed = 333, IsOnlyFinder = true },
        new("what is dropped with its connection is not released", "Buffers/Outbox.cs",
            "        while (_first.Length > 0)\n        {\n            DropFirst();",
            "        while (_first.Length > 0)\n        {\n            DetachFirst();",
            "sums") { IsOnlyFinder = true },
    ];
}
