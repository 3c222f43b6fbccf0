using MuxChat.Simulation.Files;

namespace MuxChat.Simulation.Clients;

/// <content>What it does with files.</content>
internal sealed partial class SimClient
{
    // What comes before a name and leads nowhere, the name, and how it is shown.
    private static readonly (string Path, string Given, string Shown)[] FileNames =
        [("", "a.txt", "a.txt"), ("", "世界.png", "世界.png"), ("../x/", "b c.pdf", "b c.pdf"), ("C:\\", "d\"e.exe", "d_e.exe"),
            ("/", "f\u202E\n.gif", "f .gif")];

    private readonly List<SharePlan> _shares = [];

    // From a generator of its own: an action that is none of these is what it was.
    private bool TryFiles(Link link, int action)
    {
        if (_world.Keeper.Files is not { } files)
        {
            return false;
        }

        var random = SeededRandom.For(Machine.Seed, Wire.Machine.FilePart, Number, action);
        if (!random.Chance(files.Plan.Share) || (Model.Protocol == "line" && !random.Chance(0.5)))
        {
            return false;
        }

        var own = OwnRoom(link);
        var open = _shares.Find(share => !share.IsOver && share.On == link && share.Id.Length > 0 && share.Next > 0
            && share.Next < share.Content.Length);
        var choice = Model.Protocol == "line" ? random.Between(60, 99) : random.Below(100);
        if (choice < 60 && open is not null)
        {
            // It may break in the middle of a file, and go on with another connection.
            if (open.Sha256.Length > 0 && random.Chance(0.4))
            {
                link.Reset();
            }
            else
            {
                link.Files.SendChunks(open, random);
            }
        }
        else if (choice < 60)
        {
            Share(link, Broken(link) is { } broken && random.Chance(0.8) ? broken : NewShare(link, files.Plan, random), random);
        }
        else if (choice > 85 && own is null && _world.Plan.HasModeration)
        {
            AskFor(link, new Intent(IntentKind.Join) { Room = SomeRoom(random, 1) }, random);
        }
        else if (choice > 85 && own is not null && _world.Life.Book?.Of(own).IsClosed == false)
        {
            AskFor(link, new Intent(IntentKind.Mode) { Room = own, Text = "+i" }, random);
        }
        else if (choice < 90)
        {
            link.Ask(new Intent(IntentKind.Get) { File = SomeFile(files, own, random) }, random);
        }
        else
        {
            link.Ask(new Intent(IntentKind.Files) { Room = SomeRoom(random, 0.6, isPart: true), File = new FileRequest() }, random);
        }

        return true;
    }

    // A room that the client may close. Where there is one, it shares and reads more there: few closed rooms have files otherwise.
    private string? OwnRoom(Link link) =>
        link.Rooms.Find(room => _world.Life.Book?.Of(room.Name) is { IsLobby: false } state && state.IsOperator(link))?.Name;

    // It is connected again, and goes on with what broke.
    private void ShareAgain(Link link)
    {
        var random = SeededRandom.For(Machine.Seed, Wire.Machine.FilePart, Number, 2_000_000 + link.Number);
        if (Model.Protocol == "frame" && Broken(link) is { } broken && random.Chance(0.9))
        {
            Share(link, broken, random);
        }
    }

    private SharePlan? Broken(Link link) => _shares.Find(share => !share.IsOver && share.On != link);

    private static void Share(Link link, SharePlan share, SeededRandom random)
    {
        (share.On, share.LastChunk) = (link, null);
        link.Ask(new Intent(IntentKind.Share) { Room = share.Room, File = new FileRequest { Share = share } }, random);
    }

    private SharePlan NewShare(Link link, FilePlan plan, SeededRandom random)
    {
        var length = random.Chance(0.1) ? 0 : random.Chance(0.05) ? plan.MaxBytes + 1 : random.Between(8, plan.MaxBytes);
        var content = new byte[length];
        for (var i = 0; i < length; i++)
        {
            // The first bytes make it a file of its own, by which an upload is found again.
            content[i] = i switch { 0 => (byte)Number, 1 => (byte)_shares.Count, _ => (byte)random.Below(256) };
        }

        var isWrong = random.Chance(0.07);
        var name = random.Pick(FileNames);
        var own = $"{Number}-{_shares.Count} ";
        var share = new SharePlan
        {
            Content = content,
            Name = (name.Path + own + name.Given, own + name.Shown),
            Room = OwnRoom(link) is { } home && random.Chance(0.5) ? home
                : link.Rooms.Count > 0 && random.Chance(0.8) ? link.Rooms[random.Below(link.Rooms.Count)].Name : SomeRoom(random, 0.5),
            Sha256 = isWrong ? FileKeeper.HashOf([(byte)Number, .. content]) : random.Chance(0.8) ? FileKeeper.HashOf(content) : "",
            IsHashWrong = isWrong,
        };
        _shares.Add(share);
        return share;
    }

    private FileRequest SomeFile(FileKeeper files, string? own, SeededRandom random)
    {
        bool IsOwn(string file) => files.RoomOf(file) is { } room && _world.Chronicle.KeyOf(room) == _world.Chronicle.KeyOf(own!);
        var ownId = own is null || Model.Protocol == "line" ? null : files.Ids.LastOrDefault(IsOwn);
        var isNumber = Model.Protocol == "line" || files.Ids.Count == 0 || random.Chance(0.3);
        var isPart = Model.Protocol != "line" && random.Chance(0.4);
        var id = isNumber ? "" : files.Ids[Math.Max(0, files.Ids.Count - 1 - random.Below(4))];
        return new FileRequest
        {
            Id = ownId ?? id,
            Number = ownId is not null ? 0 : isNumber ? random.Between(1, files.Ids.Count + 2) : 0,
            Offset = isPart ? random.Below(40) : 0,
            Length = isPart ? random.Between(1, 60) : 0,
        };
    }
}
