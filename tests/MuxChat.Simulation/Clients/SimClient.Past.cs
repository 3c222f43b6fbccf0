namespace MuxChat.Simulation.Clients;

/// <content>What it asks for of the past.</content>
internal sealed partial class SimClient
{
    private Intent History(SeededRandom random) => new(IntentKind.History)
    {
        Room = SomeRoom(random, 0.5),
        After = Model.Protocol == "frame" ? random.Pick(0, 0, 1, 5, 30, 1_000_000) : 0,
        Limit = random.Pick(0, 0, 1, 3, _world.Plan.Chat.History),
    };

    // From where it was, mostly; sometimes from somewhere else, as a client that mixes things up would.
    private Intent Resume(SeededRandom random)
    {
        var (room, mark) = Marks.ElementAt(random.Below(Marks.Count));
        var after = random.Chance(0.7) ? mark.Seq : Math.Max(0, mark.Seq + random.Between(-6, 3));
        return new Intent(IntentKind.Resume) { Room = room, Epoch = random.Chance(0.95) ? mark.Epoch : mark.Epoch + 1, After = after };
    }

    // Under its nick of before, where nothing else that it asked for could make it another's or its own by then.
    private Intent ResumeAs(Link link, Intent resume, SeededRandom random) =>
        random.Chance(0.5) && resume.Room != "#lobby"
        && link.Intents.All.All(static asked => asked.Kind is not (IntentKind.Join or IntentKind.Nick or IntentKind.Resume))
            ? new Intent(IntentKind.Resume) { Room = resume.Room, Epoch = resume.Epoch, After = resume.After, Nick = $"n{Number}" }
            : resume;
}
