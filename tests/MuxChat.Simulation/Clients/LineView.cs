using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// What a person sees: lines. A line that is the next event expected is that event; any other line that looks like an event is one too
/// many, and notices that it does not know are let pass.
/// </summary>
internal sealed partial class LineView(Link link) : IView
{
    private readonly List<byte> _line = [];
    private readonly LinePast _past = new(link);
    private readonly LineErrors _errors = new(link);

    public int UnfinishedBytes => _line.Count;

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0)
            {
                _line.AddRange(bytes);
                return;
            }

            if (_line.Count == 0)
            {
                See(bytes[..end]);
            }
            else
            {
                _line.AddRange(bytes[..end]);
                var line = _line.ToArray();
                _line.Clear();
                See(line);
            }

            bytes = bytes[(end + 1)..];
        }
    }

    private void See(ReadOnlySpan<byte> line)
    {
        // The server refuses the telnet options that the client asks for (LineClientModel); no option there is an LF.
        while (line is [255, 252 or 254, _, ..])
        {
            line = line[3..];
        }

        if (_past.See(line))
        {
            return;
        }

        if (link.Expected.TryPeek(out var next) && line.SequenceEqual(next.Event.Line(next.ShowsRoom)))
        {
            link.Expected.Dequeue();
            link.Picture.See(next.Event);
            return;
        }

        if (!Utf8.IsValid(line) || line.IndexOfAnyInRange((byte)0, (byte)8) >= 0 || line.IndexOfAnyInRange((byte)11, (byte)31) >= 0)
        {
            Fail(CheckNames.Injection, line, "it holds what no line may hold");
        }

        var text = Encoding.UTF8.GetString(line);
        if (SeeFileOrRun(text, line))
        {
            return;
        }

        if (text.StartsWith("! ", StringComparison.Ordinal) && link.TrySeeLoss(text[2..], out var lost))
        {
            link.Picture.See(lost);
        }
        else if (text == "! wrong server password" && link.TrySeeWrongPassword())
        {
            link.World.Machine.Milestones.Note(Milestone.WrongPasswords);
        }
        else if (text == "! wrong operator name or password")
        {
            link.SeeClaim(isOperator: false, text);
        }
        else if (text.StartsWith("! ", StringComparison.Ordinal))
        {
            _errors.See(text[2..], line);
        }
        else if (text.StartsWith("* ", StringComparison.Ordinal))
        {
            SeeNotice(text[2..], line);
        }
        else if (Message().Match(text) is { Success: true } message)
        {
            link.World.SeeMessage(link, message.Groups["to"].Value, message.Groups["text"].Value);
        }
        else
        {
            Unexpected(text, line);
        }
    }

    private bool SeeFileOrRun(string text, ReadOnlySpan<byte> line)
    {
        if (link.World.Plan.Runs > 0 && link.Runs.SeeLine(text, line) is { } run)
        {
            Advance(run, line);
            return true;
        }

        return link.World.Keeper.Files is not null && link.Files.SeeLine(text, line);
    }

    private void SeeNotice(string notice, ReadOnlySpan<byte> line)
    {
        var words = notice.Split(' ');
        if (notice.StartsWith("Welcome to MuxChat! You are ", StringComparison.Ordinal))
        {
            Check.Fail(link.Picture.Nick.Length > 0, CheckNames.Answers, $"client {link.ClientNumber} was welcomed twice");
            link.Picture.Nick = words[5].TrimEnd(',');
            link.Picture.Enter(words[7].TrimEnd('.'), 0);
        }
        else if (notice.StartsWith("you are in ", StringComparison.Ordinal))
        {
            _past.Complete(line);
            link.Picture.Enter(words[3], 0);
            _past.Entered(words[3]);
        }
        else if (notice == "you are a server operator")
        {
            link.SeeClaim(isOperator: true, notice);
        }
        else if (Sent().Match(notice) is { Success: true } sent)
        {
            SeeSent(sent.Groups["to"].Value, sent.Groups["text"].Value, line);
        }
        else if (notice.StartsWith("pong ", StringComparison.Ordinal))
        {
            SeePong(notice[5..], line);
        }
        else if (notice.StartsWith("goodbye: ", StringComparison.Ordinal))
        {
            // Whom a mistake hits after its goodbye is told of that too.
            Check.Fail(link.Goodbye is not null && !link.IsHit, CheckNames.Answers, $"client {link.ClientNumber} was told goodbye twice");
            link.Goodbye ??= notice[9..];
        }
        else if (words.Length > 3 && words[1] == "is" && words[2] == "away:"
            && link.World.WasAway(notice[(words[0].Length + " is away: ".Length)..]))
        {
            // Whom it wrote to was away.
            Check.Fail(!link.Intents.HasWrittenTo(words[0]), CheckNames.Answers,
                $"client {link.ClientNumber} is told that {words[0]} is away, to whom it wrote nothing");
        }
        else if (words.Length == 4 && words[1] == "is" && words[2] == "now" && words[0] == link.Picture.Nick && link.Picture.RoomCount == 0)
        {
            link.Picture.Nick = words[3];
        }
        else if (LooksLikeEvent(words))
        {
            Unexpected($"* {notice}", line);
        }
    }

    private static bool LooksLikeEvent(string[] words)
    {
        if (words.Length < 2 || words[0].Length == 0 || char.IsDigit(words[0][0])
            || !words[0].All(static c => char.IsAsciiLetterOrDigit(c) || "-_[]\\`{}^|".Contains(c, StringComparison.Ordinal)))
        {
            return false;
        }

        return words[1] switch
        {
            "joined" or "left" => words.Length > 2 && words[2].StartsWith('#'),
            "quit" or "quit:" => true,
            "is" => (words.Length == 4 && words[2] == "now") || (words.Length > 2 && words[2] is "away:" or "back"),
            "set" or "removed" => words.Length > 3 && words[2] == "the" && words[3] is "topic" or "modes",
            "kicked" or "invited" => words.Length > 3 && words[3] is "from" or "to",
            _ => false,
        };
    }

    // A private message is shown to its sender, once, among what else the sender is told.
    private void SeeSent(string to, string text, ReadOnlySpan<byte> line)
    {
        var message = link.Intents.All.FirstOrDefault(intent => intent.Kind == IntentKind.Message && intent.Text == text);
        if (message is null || message.IsEchoed || !string.Equals(message.Nick, to, StringComparison.OrdinalIgnoreCase))
        {
            Fail(CheckNames.Echo, line, "it sent nothing like that, or was shown it before");
        }

        message!.IsEchoed = true;
        Advance(message, line);
    }

    // Behind an answer nothing may come that happened before.
    private void SeePong(string token, ReadOnlySpan<byte> line)
    {
        var ping = link.Intents.All.FirstOrDefault(intent => intent.Kind == IntentKind.Ping && intent.Text == token);
        if (ping is null || ping.IsAnswered)
        {
            Fail(CheckNames.Answers, line, "it answers nothing that was asked, or once more");
        }

        ping!.IsAnswered = true;
        Advance(ping, line);
    }

    // A request is answered: what it asked for before was by then.
    private void Advance(Intent asked, ReadOnlySpan<byte> line)
    {
        _past.Complete(line);
        link.Intents.AdvanceBehind(asked);
        var before = link.Intents.EventBefore(asked);
        if (before is not null && link.Expected.TryPeek(out var next) && next.Event.Index < before.Index)
        {
            Fail(CheckNames.Answers, line, $"it came before {next.Event}");
        }

        _errors.PassBefore(asked, line);
    }

    private void Unexpected(string text, ReadOnlySpan<byte> line)
    {
        var rest = text.StartsWith('[') ? text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..] : text;
        if (Said().Match(rest) is { Success: true } said && link.Intents.HasSaid(said.Groups["text"].Value))
        {
            Fail(CheckNames.Echo, line, "it said that itself");
        }

        if (rest.StartsWith($"* {link.Picture.Nick} joined #", StringComparison.Ordinal))
        {
            Fail(CheckNames.Echo, line, "it joined itself");
        }

        var isKnown = rest.StartsWith('<') || rest.StartsWith('*');
        Fail(isKnown ? CheckNames.Views : CheckNames.Injection, line,
            link.Expected.TryPeek(out var next) ? $"next is {next.Event}" : "nothing is to come");
    }

    private void Fail(string check, ReadOnlySpan<byte> line, string why) =>
        throw new CheckFailedException(check,
        $"client {link.ClientNumber} ({link.Picture.Nick}) sees \"{Encoding.UTF8.GetString(line)}\": {why}");

    [GeneratedRegex("^<(?<from>[^ <>]+) -> (?<to>[^ <>]+)> (?<text>.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Message();

    [GeneratedRegex("^to (?<to>[^ <>]+): (?<text>.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Sent();

    [GeneratedRegex("^(<[^ <>]+>|\\*\\* [^ ]+) (?<text>.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Said();
}
