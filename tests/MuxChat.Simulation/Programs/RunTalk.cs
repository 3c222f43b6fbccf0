using System.Text;
using System.Text.RegularExpressions;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Programs;

/// <summary>
/// The part of a client's view that is about programs: each runs only if it may, once, and its output comes whole, each stream in its
/// order, before the answer to anything that was asked later.
/// </summary>
internal sealed partial class RunTalk(Link link)
{
    private Intent? _shown;
    private int _lastShown = -1;

    /// <summary>Looks at a frame, if it is about programs.</summary>
    public void See(FrameFields fields, ReadOnlySpan<byte> frame)
    {
        if (fields["type"] is not ("output" or "ran"))
        {
            return;
        }

        var asked = link.Awaiting.Find(one => !link.IsLate(one));
        var isOf = asked is { Run: not null, IsAnswered: false } && asked.Id == fields.Id;
        Check.Sees(!isOf, CheckNames.Runs, link, frame, $"the next request is {asked}");
        var run = asked!.Run!;
        if (fields["type"] == "output")
        {
            (fields["stream"] == "err" ? run.Error : run.Output).AddRange(Convert.FromBase64String(fields["data"]));
            return;
        }

        CheckEnd(asked, run.IsWhole && fields["name"] == run.Name && fields.Number("out") == run.Output.Count
            && fields.Number("err") == run.Error.Count && fields["fault"].Length == 0, (int)fields.Number("exit"), frame);
    }

    /// <summary>A request is done, or refused.</summary>
    public void SeeResult(Intent asked, bool isOk, string code)
    {
        if (asked.Run is not { } run)
        {
            return;
        }

        var isTrue = isOk ? run.Refusal.Length == 0 : !asked.IsAnswered && code == "busy" != run.Refusal.Length > 0;
        Check.Fail(!isTrue, CheckNames.Runs, $"client {link.ClientNumber} is answered {(isOk ? "ok" : code)} to {asked}");
        if (!isOk)
        {
            link.World.Machine.Milestones.Note(code == "busy" ? Milestone.RunsBusy : Milestone.RunsRefused);
        }
    }

    /// <summary>A line about programs; null if it is not one.</summary>
    /// <returns>The request that is answered.</returns>
    public Intent? SeeLine(string text, ReadOnlySpan<byte> line)
    {
        if (Part().Match(text) is { Success: true } part)
        {
            Check.Sees(_shown is null, CheckNames.Runs, link, line, $"it was not told that a program runs");
            var stream = part.Groups["stream"].Value == "!" ? _shown!.Run!.Error : _shown!.Run!.Output;
            if (part.Groups["more"].Length > 0)
            {
                stream.RemoveAt(stream.Count - 1);
            }

            stream.AddRange([.. Encoding.UTF8.GetBytes(part.Groups["text"].Value), (byte)'\n']);
            return _shown;
        }

        if (Head().Match(text) is not { Success: true } head)
        {
            return null;
        }

        if (_shown is null)
        {
            _shown = link.Intents.All.FirstOrDefault(one => one.Run is { Refusal.Length: 0, IsKnown: false } && one.Index > _lastShown
                && one.Run.Name == head.Groups["name"].Value);
            Check.Sees(_shown is null || head.Groups["exit"].Success, CheckNames.Runs, link, line, $"it asked for no such run");
            _shown!.Run!.IsKnown = true;
            _lastShown = _shown.Index;
            return _shown;
        }

        Check.Sees(!head.Groups["exit"].Success, CheckNames.Runs, link, line, $"the run before has not ended: {_shown}");
        var asked = _shown;
        _shown = null;
        CheckEnd(asked, asked.Run!.IsShownWhole && head.Groups["name"].Value == asked.Run.Name,
            int.Parse(head.Groups["exit"].Value, System.Globalization.CultureInfo.InvariantCulture), line);
        return asked;
    }

    private void CheckEnd(Intent asked, bool isWhole, int exitCode, ReadOnlySpan<byte> seen)
    {
        var run = asked.Run!;
        Check.Sees(!isWhole || exitCode != run.ExitCode || run.Refusal.Length > 0, CheckNames.Runs, link, seen,
            $"{run} ended with {run.ExitCode}, and {run.Output.Count} and {run.Error.Count} bytes of it have come");
        asked.IsAnswered = true;
        link.World.Machine.Milestones.Note(Milestone.RunsEnded);
    }

    [GeneratedRegex(@"^\* (?<stream>[|!])(?<more>\+?) (?<text>.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(@"^\* run (?<name>[a-z]+):( exit (?<exit>[0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Head();
}
