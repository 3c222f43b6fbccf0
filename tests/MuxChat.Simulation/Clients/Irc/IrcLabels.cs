using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// The part of an IRC client's view that is about labels and batches: each request with a label has one answer with that label, in the
/// order of the requests. That is an ACK, a line, or a batch. No other line has a label, and none belongs to a batch that is not open.
/// </summary>
internal sealed class IrcLabels(IrcView view)
{
    private readonly Queue<Intent> _due = new();
    private readonly HashSet<string> _references = new(StringComparer.Ordinal);
    private string? _open;
    private string? _openLabel;

    // The batch of what was said before the client entered a room. It may be inside another one.
    private string? _replay;
    private bool _isPast;

    /// <summary>A request with a label was written.</summary>
    public void Asked(Intent labelled) => _due.Enqueue(labelled);

    /// <summary>Takes the label and the batch of a line off it. False for a line that says nothing else.</summary>
    public bool Take(IrcSeen seen)
    {
        var label = Remove(seen, "label");
        var batch = Remove(seen, "batch");
        view.Fail(label is not null && batch is not null, CheckNames.Labels, seen, $"it is in a batch and has a label as well");
        view.Fail(batch is not null && batch != _open && batch != _replay, CheckNames.Labels, seen, $"the batch that is open is {_open}");
        if (label is not null)
        {
            view.Fail(!_due.TryPeek(out var next) || next.Label != label,
                CheckNames.Labels, seen, $"the next to be answered is {next?.Label}");
            _due.Dequeue();
            view.Milestones.Note(Milestone.IrcLabels);
        }

        if (seen.Command == "BATCH")
        {
            return TakeBatch(seen, label, batch);
        }

        seen.Label = label ?? (batch is null ? null : _openLabel);
        seen.IsReplay = batch is not null && batch == _replay;
        view.Fail(seen.IsReplay && seen.Host != "history", CheckNames.Replay, seen, $"it is in the batch of a replay");
        seen.IsPast = batch is not null && !seen.IsReplay && _isPast;
        if (seen.Command == "ACK")
        {
            view.Fail(label is null || seen.Tags.Count > 0 || seen.Parameters.Count > 0,
                CheckNames.Labels, seen, $"an ACK has a label, and nothing else");
            return false;
        }

        return true;
    }

    /// <summary>
    /// A line belongs to a request: it has its label, or none where that has none, and what was asked before is answered.
    /// </summary>
    public void Belongs(IrcSeen seen, Intent asked)
    {
        Belongs(seen, asked.Label);
        view.Fail(_due.TryPeek(out var older) && older.Index < asked.Index,
            CheckNames.Labels, seen, $"before it {older} must be answered, with the label {older?.Label}");
    }

    /// <summary>A line belongs to a request with this label, or, for null, to one without, or to none.</summary>
    public void Belongs(IrcSeen seen, string? label) =>
        view.Fail(seen.Label != label, CheckNames.Labels, seen, $"its label is '{seen.Label}', and must be '{label}'");

    private bool TakeBatch(IrcSeen seen, string? label, string? batch)
    {
        var (sign, reference) = seen[0].Length > 1 ? (seen[0][0], seen[0][1..]) : (' ', "");
        var isPast = sign == '+' && seen[1] == "chathistory" && seen.Parameters.Count == 3;
        view.Fail((view.Caps & IrcCapability.Batch) == 0 || (batch is not null && !isPast && reference != _replay)
            || (seen.Tags.Count > 0 && !LedgerEntry.IsEndOfPages(seen)),
            CheckNames.Labels, seen, $"the capabilities are {view.Caps}");
        if (isPast && view.Past.IsBatchDue(seen[2], batch is not null, view.Ledger.IsPageDue(seen[2])))
        {
            view.Fail(label is not null || batch != _open || _replay is not null || !_references.Add(reference),
                CheckNames.Labels, seen, $"the batch that is open is {_open}, and one of a replay is {_replay}");
            _replay = reference;
            view.Milestones.Note(Milestone.IrcReplayBatches);
            return false;
        }

        if (sign == '-' && reference == _replay)
        {
            view.Fail(label is not null || seen.Parameters.Count != 1, CheckNames.Labels, seen, $"it is the end of a replay");
            view.Past.Finish();
            _replay = null;
            return false;
        }

        view.Fail(batch is not null || _replay is not null, CheckNames.Labels, seen, $"the replay {_replay} is not due, or has not ended");
        if (sign == '-')
        {
            view.Fail(reference != _open || label is not null || seen.Parameters.Count != 1,
                CheckNames.Labels, seen, $"the batch that is open is {_open}");
            if (_isPast)
            {
                view.Ledger.EndPage(seen);
            }

            (_open, _openLabel, _isPast) = (null, null, false);
            return false;
        }

        var isNew = sign == '+' && _open is null && _references.Add(reference);
        view.Fail(!isNew, CheckNames.Labels, seen, $"the batch that is open is {_open}, and a new one has a name of its own");
        (_open, _openLabel, _isPast) = (reference, label, seen[1] == "chathistory");
        if (_isPast)
        {
            seen.Label = label;
            view.Ledger.BeginPage(seen);
            return false;
        }

        view.Fail(seen[1] != "labeled-response" || label is null || seen.Parameters.Count != 2,
            CheckNames.Labels, seen, $"it has the label '{label}'");
        view.Milestones.Note(Milestone.IrcLabelBatches);
        return false;
    }

    private static string? Remove(IrcSeen seen, string tag) => seen.Tags.Remove(tag, out var value) ? value : null;
}
