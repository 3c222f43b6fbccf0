using MuxChat.Simulation.Files;

namespace MuxChat.Simulation.Clients;

/// <content>What it does with files.</content>
internal sealed partial class SimClient
{
    private static readonly (string Given, string Shown)[] FileNames =
        [("a.txt", "a.txt"), ("世界.png", "世界.png"), ("../x/b c.pdf", "b c.pdf"), ("C:\\d\"e.exe", "d_e.exe"), ("f\u202E\n.gif", "f .gif")];

    private readonly List<SharePlan> _shares = [];

    // From a generator of its own: an action that is none of these is what it was.
    private bool TryFiles(Link link, int action)
    {
        if (_world.Files is not { } files)
        {
            return false;
        }

        var random = SeededRandom.For(Machine.Seed, Wire.Machine.FilePart, Number, action);
        if (!random.Chance(files.Plan.Share) || (Model.Protocol == "line" && !random.Chance(0.5)))
        {
            return false;
        }

        var broken = _shares.Find(share => !share.IsOver && share.On != link);
        var open = _shares.Find(share => !share.IsOver && share.On == link && share.Id.Length > 0 && share.Next > 0
            && share.Next < share.Content.Length);
        var choice = Model.Protocol == "line" ? random.Between(70, 99) : random.Below(100);
        if (choice < 70 && open is not null)
        {
            link.Files.SendChunks(open, random);
        }
        else if (choice < 70)
        {
            var share = broken is not null && random.Chance(0.8) ? broken : NewShare(files.Plan, random);
            (share.On, share.LastChunk) = (link, null);
            link.Ask(new Intent(IntentKind.Share) { Room = share.Room, File = new FileRequest { Share = share } }, random);
        }
        else if (choice < 92)
        {
            link.Ask(new Intent(IntentKind.Get) { File = SomeFile(files, random) }, random);
        }
        else
        {
            link.Ask(new Intent(IntentKind.Files) { Room = SomeRoom(random, 0.6, isPart: true), File = new FileRequest() }, random);
        }

        return true;
    }

    private SharePlan NewShare(FilePlan plan, SeededRandom random)
    {
        var length = random.Chance(0.1) ? 0 : random.Chance(0.05) ? plan.MaxBytes + 1 : random.Between(8, plan.MaxBytes);
        var content = new byte[length];
        for (var i = 0; i < length; i++)
        {
            // The first bytes make it a file of its own, by which an upload is found again.
            content[i] = i switch { 0 => (byte)Number, 1 => (byte)_shares.Count, _ => (byte)random.Below(256) };
        }

        var isWrong = random.Chance(0.07);
        var share = new SharePlan
        {
            Content = content,
            Name = random.Pick(FileNames),
            Room = SomeRoom(random, 0.5),
            Sha256 = isWrong ? FileKeeper.HashOf([(byte)Number, .. content]) : random.Chance(0.8) ? FileKeeper.HashOf(content) : "",
            IsHashWrong = isWrong,
        };
        _shares.Add(share);
        return share;
    }

    private FileRequest SomeFile(FileKeeper files, SeededRandom random)
    {
        var isNumber = Model.Protocol == "line" || files.Ids.Count == 0 || random.Chance(0.3);
        var isPart = Model.Protocol != "line" && random.Chance(0.4);
        var id = isNumber ? "" : files.Ids[Math.Max(0, files.Ids.Count - 1 - random.Below(4))];
        return new FileRequest
        {
            Id = id,
            Number = isNumber ? random.Between(1, files.Ids.Count + 2) : 0,
            Offset = isPart ? random.Below(40) : 0,
            Length = isPart ? random.Between(1, 60) : 0,
        };
    }
}
