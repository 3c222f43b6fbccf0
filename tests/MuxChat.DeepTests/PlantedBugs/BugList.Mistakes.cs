namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes in what the server does about mistakes: each is seen where the simulation makes it throw.</summary>
public static partial class BugList
{
    private const string Add = "        loop.Network.Add(channel, token, _interest);\n";

    private const string Converse =
        "        Conversation = new Conversation(loop.Conversations, new Recipient(loop.Conversations.Broadcaster, this), protocol);\n";

    public static IReadOnlyList<PlantedBug> Mistakes { get; } =
    [
        new("readers of an event that cannot be shown are told another number", "Delivery/Broadcaster.cs",
            "EncodeInstead(format, Errors.Note(error, $\"encoding {chatEvent.Kind}\"), writer);",
            "EncodeInstead(format, 1 + Errors.Note(error, $\"encoding {chatEvent.Kind}\"), writer);",
            "firewall") { IsOnlyFinder = true },
        new("what was encoded before a mistake is sent", "Delivery/Broadcaster.cs",
            "            writer.Discard();\n            EncodeInstead",
            "            EncodeInstead",
            "firewall"),
        new("a client that a mistake has hit stays in its rooms, and its nick is not free", "Conversations/Conversation.cs",
            "reason != CloseReason.ServerStopping)",
            "reason is not (CloseReason.ServerStopping or CloseReason.InternalError))",
            "membership"),
        new("a client is let in before it can be watched", "Reactor/Connection.cs",
            $"{Add}{Converse}",
            $"{Converse}{Add}",
            "doomed"),
        new("what is watched is noted before it is", "Reactor/Connection.cs",
            "            _loop.Network.SetInterest(Channel, Token, wanted);\n            _interest = wanted;\n",
            "            _interest = wanted;\n            _loop.Network.SetInterest(Channel, Token, wanted);\n",
            "interest") { FromSeed = 1_300 },
        new("a client that could not be let in counts on for its address", "Reactor/Acceptor.cs",
            "            _door.Leave(channel.Address);\n            TurnAway",
            "            TurnAway",
            "addresses"),
        new("a client begins to be watched before it has its place", "Reactor/Connection.cs",
            "        _input = new InputPump(loop, Conversation);\n    }\n",
            "        _input = new InputPump(loop, Conversation);\n        Reschedule();\n    }\n",
            "doomed") { FromSeed = 5_500 },
        new("a mistake in writing dooms nobody", "Reactor/Connection.cs",
            "            Fail(error, \"writing to\");\n",
            "            _loop.Errors.Note(error, \"writing to\");\n",
            "interest"),
    ];
}
