using System.Text.RegularExpressions;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Files;

/// <summary>
/// The part of a client's view that is about files: where an upload goes on, lists, and contents, which must be what was shared, byte for
/// byte.
/// </summary>
internal sealed partial class FileTalk(Link link)
{
    private const int SpareBytes = 300;

    private FileAnswer? _read;

    private FileKeeper Keeper => link.World.Keeper.Files!;

    /// <summary>Whether the fields of a frame are those of a share.</summary>
    public static bool IsOf(LoggedEvent expected, FrameFields fields) =>
        $"{fields.Number("number")} {fields["file"]} {fields.Number("size")} {fields["sha256"]} "
            + $"{(fields["image"].Length == 0 ? "-" : fields["image"])} {fields["name"]}" == expected.Text
        && fields["link"] == $"/files/{fields["file"]}/{Uri.EscapeDataString(fields["name"])}";

    /// <summary>Looks at a frame, if it is about files.</summary>
    public void See(FrameFields fields, ReadOnlySpan<byte> frame)
    {
        if (fields["type"] is not ("upload" or "files" or "file" or "chunk"))
        {
            return;
        }

        // The room may have been told of an empty file, before its sender reads the answer.
        var asked = link.Awaiting.Find(one => !link.IsLate(one) || one is { Kind: IntentKind.Share, IsAnswered: false });
        var kind = fields["type"] switch
        {
            "upload" => IntentKind.Share,
            "files" => IntentKind.Files,
            _ => IntentKind.Get,
        };
        Check.Sees(asked?.Kind != kind, CheckNames.Answers, link, frame, $"the next request is {asked}");
        switch (fields["type"])
        {
            case "upload":
                SeeUpload(asked!, fields, frame);
                break;
            case "files":
                SeeList(asked!, fields, frame);
                break;
            case "file":
                SeeHead(asked!, fields, frame);
                break;
            default:
                SeeChunk(asked!, fields, frame);
                break;
        }
    }

    /// <summary>A request is done, or refused.</summary>
    public void SeeResult(Intent asked, bool isOk, string code)
    {
        if (asked.File is not { } request)
        {
            return;
        }

        Check.Fail(isOk && request.IsWrong, CheckNames.Files, $"client {link.ClientNumber} sent bytes that are not the next: {asked}");
        if (asked.Kind == IntentKind.Chunk && isOk && request.MayEnd)
        {
            Check.Fail(asked.Event is null, CheckNames.Files,
                $"client {link.ClientNumber} is told that its file is shared, and no room was");
        }

        if (request.Share is { } share && !isOk && !request.IsWrong)
        {
            var isTrue = code switch
            {
                "wrong_hash" => share.IsHashWrong,
                "disk_full" => Keeper.HasFailed,

                // Those behind one that was refused do not begin where the server is.
                "bad_field" or "too_long" => asked.Kind == IntentKind.Chunk && !request.IsFirst,
                _ => true,
            };
            Check.Fail(!isTrue, CheckNames.Files, $"client {link.ClientNumber} is refused as {code} what was right: {asked} of {share}");
            link.World.Machine.Milestones.Note(code == "wrong_hash" ? Milestone.WrongHashes : Milestone.SharesRefused);
            share.IsOver |= code is not ("busy" or "unknown_file" or "disk_full");
            share.On = null;
        }

        if (asked.Kind == IntentKind.Get && isOk)
        {
            SeeEnd(request.Answer, $"{asked}");
        }
    }

    /// <summary>A line about files. False if it is not one.</summary>
    public bool SeeLine(string text, ReadOnlySpan<byte> line)
    {
        if (text.StartsWith("= ", StringComparison.Ordinal))
        {
            Check.Sees(_read is null, CheckNames.Files, link, line, $"no file begins before it");
            _read!.Bytes.AddRange(Convert.FromBase64String(text[2..]));
            return true;
        }

        if (Head().Match(text) is { Success: true } head)
        {
            // Lines do not say the id: the hash does.
            var id = Keeper.Ids.FirstOrDefault(one => FileKeeper.HashOf(Keeper.ContentOf(one)) == head.Groups["sha256"].Value)
                ?? Keeper.FindByHash(head.Groups["sha256"].Value);
            Check.Sees(id is null, CheckNames.Files, link, line, $"no file that was announced has that hash");
            _read = new FileAnswer(id!, 0, Keeper.ContentOf(id!).Length);
            return true;
        }

        if (text == "* end of the file")
        {
            SeeEnd(_read, text);
            _read = null;
            return true;
        }

        return text.StartsWith("* link: ", StringComparison.Ordinal);
    }

    // A program sends the rest at once, or some of it and the rest some time later.
    public void SendChunks(SharePlan share, SeededRandom random)
    {
        for (var chunks = random.Pick(1, 3, 100); chunks > 0 && share.Next < share.Content.Length && link.IsOpen; chunks--)
        {
            if (random.Chance(0.05))
            {
                Ask(share, share.Next == 0 ? 1 : share.Next + random.Pick(-1, 1), [1], isWrong: true, random);
            }

            var most = Math.Min(share.Content.Length - share.Next, (link.World.Plan.FrameBytes - SpareBytes) * 3 / 4);
            var length = random.Between(1, random.Chance(0.5) ? most : Math.Min(most, 40));
            Ask(share, share.Next, share.Content.AsSpan(share.Next, length).ToArray(), isWrong: false, random);
            share.Next += length;
        }
    }

    private void Ask(SharePlan share, int offset, byte[] data, bool isWrong, SeededRandom random)
    {
        var isFirst = !isWrong && offset == share.Begin;
        var request = new FileRequest { Share = share, Id = share.Id, Offset = offset, Data = data, IsWrong = isWrong, IsFirst = isFirst };
        share.LastChunk = request.MayEnd ? request : share.LastChunk;
        link.Ask(new Intent(IntentKind.Chunk) { Room = share.Room, File = request }, random);
    }

    private void SeeUpload(Intent asked, FrameFields fields, ReadOnlySpan<byte> frame)
    {
        var share = asked.File!.Share!;
        var offset = fields.Number("offset");
        var isRight = !asked.IsAnswered && offset >= 0 && offset <= share.Content.Length && fields["name"] == share.Name.Shown
            && fields["file"].Length == 32;
        Check.Sees(!isRight, CheckNames.Files, link, frame, $"it shares {share}");
        Check.Sees(offset > 0 && share.Sha256.Length == 0, CheckNames.Files, link, frame, $"it gave no hash to resume by: {share}");
        asked.IsAnswered = true;
        var hasSentMore = link.Intents.All.Any(one => one.Kind == IntentKind.Chunk && one.Index > asked.Index && one.File!.Share == share);
        (share.Id, share.Next, share.Begin) = (fields["file"], (int)offset, hasSentMore ? -1 : (int)offset);
        if (offset > 0)
        {
            link.World.Machine.Milestones.Note(Milestone.UploadsResumed);
        }

        if (link.IsOpen && share.On == link)
        {
            SendChunks(share, SeededRandom.For(link.World.Machine.Seed, Machine.FilePart, link.ClientNumber, 1_000_000 + asked.Index));
        }
    }

    private void SeeList(Intent asked, FrameFields fields, ReadOnlySpan<byte> frame)
    {
        foreach (var file in fields.Events)
        {
            CheckFacts(file, fields["room"], frame);
        }

        asked.IsAnswered = true;
    }

    private void SeeHead(Intent asked, FrameFields fields, ReadOnlySpan<byte> frame)
    {
        var request = asked.File!;
        CheckFacts(fields, fields["room"], frame);
        var size = fields.Number("size");
        var length = request.Length > 0 ? Math.Min(request.Length, size - request.Offset) : size - request.Offset;
        var isAsked = request.Number > 0 ? fields.Number("number") == request.Number : fields["file"] == request.Id;
        isAsked &= fields.Number("offset") == request.Offset && fields.Number("length") == length;
        Check.Sees(!isAsked || request.Answer is not null, CheckNames.Files, link, frame,
                $"it asked for {asked}, and {length} bytes are there");
        request.Answer = new FileAnswer(fields["file"], request.Offset, length);
        asked.IsAnswered = true;
    }

    private void CheckFacts(FrameFields file, string room, ReadOnlySpan<byte> frame)
    {
        var id = file["file"];
        Check.Sees(!Keeper.IsKnown(id), CheckNames.Files, link, frame, $"that file was never announced");
        var content = Keeper.ContentOf(id);
        var isTrue = file.Number("size") == content.Length && file["sha256"] == FileKeeper.HashOf(content)
            && Keeper.RoomOf(id) is var home && (home is null || link.World.Chronicle.KeyOf(home) == link.World.Chronicle.KeyOf(room));
        Check.Sees(!isTrue, CheckNames.Files, link, frame, $"that file has {content.Length} bytes and is of {Keeper.RoomOf(id)}");
    }

    private void SeeChunk(Intent asked, FrameFields fields, ReadOnlySpan<byte> frame)
    {
        var answer = asked.File!.Answer;
        var isNext = answer is not null && fields["file"] == answer.Id && fields.Number("offset") == answer.Offset + answer.Bytes.Count;
        Check.Sees(!isNext, CheckNames.Files, link, frame, $"that is not the next part of {answer}");
        var bytes = Convert.FromBase64String(fields["data"]);
        Check.Sees(bytes.Length == 0 && answer!.Length > 0, CheckNames.Files, link, frame, $"a part has no bytes");
        answer!.Bytes.AddRange(bytes);
    }

    private void SeeEnd(FileAnswer? answer, string seen)
    {
        Check.Fail(answer is null, CheckNames.Files, $"client {link.ClientNumber} is told the end of a file that did not begin: {seen}");
        var wanted = Keeper.ContentOf(answer!.Id).AsSpan((int)answer.Offset, (int)answer.Length);
        var isSame = wanted.SequenceEqual(answer.Bytes.ToArray());
        Check.Fail(!isSame, CheckNames.Files,
                $"client {link.ClientNumber} got another content than was shared: {answer}, {answer.Bytes.Count} bytes");
        link.World.Machine.Milestones.Note(answer.Offset > 0 || answer.Length < Keeper.ContentOf(answer.Id).Length
            ? Milestone.FilePartsFetched : Milestone.FilesFetched);
    }

    [GeneratedRegex("^\\* (?<name>.+), (?<size>[0-9]+) bytes, sha256 (?<sha256>[0-9a-f]{64})$", RegexOptions.CultureInvariant)]
    private static partial Regex Head();
}
