namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes in what the server does about mistakes: each is seen where the simulation makes it throw.</summary>
public static partial class BugList
{
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
        new("a client that a mistake has hit stays in its rooms, and its nick is not free", "Clients/ProtocolConnection.cs",
            "reason != CloseReason.ServerStopping)",
            "reason is not (CloseReason.ServerStopping or CloseReason.InternalError))",
            "membership"),
        new("what is watched is noted before it is", "Loop/ChannelWatch.cs",
            "            network.SetInterest(channel, token, interest);\n            _interest = interest;\n",
            "            _interest = interest;\n            network.SetInterest(channel, token, interest);\n",
            "interest") { FromSeed = 1_300 },
        new("a client that could not be let in counts on for its address", "Loop/Acceptor.cs",
            "            _limiter.Release(channel.Address);\n            TurnAway",
            "            TurnAway",
            "addresses"),
        new("a mistake ends nobody", "Delivery/InternalErrors.cs",
            "                client.Fail(number);\n",
            "",
            "interest"),
        new("the poller goes on to report a client that is lost", "Loop/ChannelWatch.cs",
            "        network.Remove(channel);\n",
            "",
            "progress"),
        new("a format that cannot say who is shown an event costs its author the connection", "Delivery/Broadcaster.cs",
            "            var number = Errors.Note(error, $\"choosing the recipients of {chatEvent.Kind}\");\n",
            "            var number = Errors.Catches(error) ? throw error : 0L;\n",
            "firewall"),
        new("a client whose wishes cannot be asked costs the one who did something its connection", "Delivery/Broadcaster.cs",
            "            return recipient.Formats!.Shows(kind);\n        }\n        catch (Exception error)",
            "            return recipient.Formats!.Shows(kind);\n        }\n        catch (InvalidOperationException error)",
            "firewall"),
        new("a place for which no format could be chosen is not taken", "Delivery/Recipient.cs",
            "            return Format!;",
            "            throw;",
            "firewall"),
    ];
}
