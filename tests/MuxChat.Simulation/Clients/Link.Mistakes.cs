using System.Globalization;
using System.Text.RegularExpressions;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Mistakes;

namespace MuxChat.Simulation.Clients;

/// <summary>What mistakes of the program cost a client.</summary>
internal sealed partial class Link
{
    private readonly Dictionary<LoggedEvent, long> _lost = [];

    /// <summary>The first mistake that this client had to pay for; null for none.</summary>
    public MistakeKind? HitBy { get; private set; }

    /// <summary>Whether a mistake hit this client.</summary>
    public bool IsHit => HitBy is not null;

    /// <summary>Whether it looks at nothing any more: something that it was to be told is lost, and it hangs up.</summary>
    public bool IsBlind { get; private set; }

    /// <summary>The way to it, once it speaks a protocol that may throw.</summary>
    public Recipient? Recipient { get; set; }

    /// <summary>What it reads at this moment; null before it speaks.</summary>
    public IWireFormat? Format => Recipient?.Format;

    /// <summary>A mistake hits it: it may lose its connection, and nobody else anything.</summary>
    public void NoteHit(MistakeKind kind) => HitBy ??= kind;

    /// <summary>It hangs up as soon as it can.</summary>
    public void HangUp()
    {
        IsBlind = true;
        _machine.Agenda.Add(_machine.Clock.NowUs, () =>
        {
            if (!HasClosed)
            {
                HalfClose();
            }
        });
    }

    /// <summary>An event cannot be shown to it: it must be told that, by number, in its place.</summary>
    public void Lose(LoggedEvent lost, long number) => _lost.Add(lost, number);

    /// <summary>It may be told that something cannot be shown: it must be what is to come next.</summary>
    /// <param name="told">The error's text.</param>
    /// <param name="lost">What it was.</param>
    /// <returns>False for any other error.</returns>
    public bool TrySeeLoss(string told, out LoggedEvent lost)
    {
        lost = null!;
        if (NotShown().Match(told) is not { Success: true } match)
        {
            return false;
        }

        var number = long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var isNext = Expected.TryPeek(out var next) && _lost.TryGetValue(next.Event, out var expected) && expected == number;
        Check.Fail(!isNext, CheckNames.Firewall, $"client {ClientNumber} is told of mistake {number}, next is {next.Event}");
        lost = Expected.Dequeue().Event;
        _machine.Milestones.Note(Running.Milestone.EventsNotShown);
        return true;
    }

    [GeneratedRegex("^internal error (?<number>[0-9]+): an event could not be shown$", RegexOptions.CultureInvariant)]
    private static partial Regex NotShown();
}
