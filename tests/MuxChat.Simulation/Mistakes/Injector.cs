using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Mistakes;

/// <summary>
/// Makes the program throw, and is told by the firewall of each exception that it catches. It catches no exception but these: any other
/// is a finding. Whoever is hit is marked, so that no check asks of it what it cannot have.
/// </summary>
/// <remarks>One for a run. Invariant: what is thrown is caught, and numbered without a gap in each life of the server.</remarks>
internal sealed class Injector(Machine machine, MistakePlan plan, SeededRandom random, SeededRandom formatRandom) : IInternalErrorObserver
{
    private readonly List<(IWireFormat Format, long Number, bool IsForAll)> _losses = [];
    private InjectedException? _thrown;
    private long _noted;

    /// <summary>Whether it may still throw: when the faults stop, it does too.</summary>
    public bool IsOver { get; set; }

    /// <summary>How many were caught so far, in all lives.</summary>
    public long Count { get; private set; }

    /// <summary>Whether there are any mistakes in this run.</summary>
    public bool IsAny => plan.IsAny;

    /// <summary>Whose frame is carried out at this moment, or whose answer goes on; null for none.</summary>
    public Link? Serving { get; set; }

    /// <summary>Whether an event of a room is published at this moment.</summary>
    public bool IsPublishing { get; set; }

    /// <summary>
    /// The wire formats that could not encode the event that was just published, the number that their readers are told instead, and
    /// whether all are told who read it in that room: it is not known then which of them it would have been shown to.
    /// </summary>
    public IReadOnlyList<(IWireFormat Format, long Number, bool IsForAll)> Losses => _losses;

    /// <summary>Whether wire formats throw also where they are asked about themselves.</summary>
    public bool HasFormats => plan.HasFormats;

    /// <summary>A life of the server begins: its mistakes are numbered from 1.</summary>
    public void Begin(InternalErrors errors)
    {
        errors.Observer = plan.IsAny ? this : null;
        (_thrown, _noted, Serving, IsPublishing) = (null, 0, null, false);
        _losses.Clear();
    }

    /// <summary>Throws now and then; the client pays for it.</summary>
    /// <exception cref="InjectedException">This is one of those times.</exception>
    public void Throw(MistakeKind kind, Link link)
    {
        if (IsDue(kind))
        {
            link.NoteHit(kind);
            Throw(kind, link.ClientNumber, null);
        }
    }

    /// <summary>Throws now and then while the formats of one client are asked; that client cannot go by what it reads any more.</summary>
    /// <exception cref="InjectedException">This is one of those times.</exception>
    public void ThrowFormats(MistakeKind kind, Link link)
    {
        if (!IsOver && formatRandom.Chance(plan[kind]))
        {
            link.NoteHit(kind);
            link.HangUp();
            Throw(kind, link.ClientNumber, null);
        }
    }

    /// <summary>Throws now and then while a wire format is asked who is shown an event.</summary>
    /// <exception cref="InjectedException">This is one of those times.</exception>
    public void ThrowHowShown(IWireFormat format)
    {
        if (IsPublishing && !IsOver && formatRandom.Chance(plan[MistakeKind.HowShown]))
        {
            Throw(MistakeKind.HowShown, -1, format);
        }
    }

    /// <summary>Throws now and then while an event is encoded.</summary>
    /// <exception cref="InjectedException">This is one of those times.</exception>
    public void ThrowInstead(in ChatEvent chatEvent, IWireFormat format)
    {
        if (chatEvent is { Kind: EventKind.Error, Result.Code: ErrorCode.InternalError })
        {
            if (_thrown is not null && IsDue(MistakeKind.EncodeInstead))
            {
                Throw(MistakeKind.EncodeInstead, -1, format);
            }
        }
        else if (IsPublishing)
        {
            if (IsDue(MistakeKind.Encode))
            {
                Throw(MistakeKind.Encode, -1, format);
            }
        }
        else if (Serving is { } link && IsAnswer(chatEvent.Kind) && ReferenceEquals(link.Format, format) && IsDue(MistakeKind.EncodeForOne))
        {
            link.NoteHit(MistakeKind.EncodeForOne);
            link.HangUp();
            Throw(MistakeKind.EncodeForOne, link.ClientNumber, format);
        }
    }

    /// <summary>What was published is done with.</summary>
    public void ForgetLosses() => _losses.Clear();

    public bool Catches(Exception exception) => exception is InjectedException;

    public void Noted(long number, string doing, Exception exception)
    {
        var injected = (InjectedException)exception;
        Check.Fail(number != ++_noted, CheckNames.Firewall, $"mistake {number} is noted after {_noted - 1}");
        var isNew = ReferenceEquals(injected, _thrown);
        Check.Fail(!isNew, CheckNames.Firewall, $"a mistake is noted twice, or late: {injected.Kind} while {doing}");
        _thrown = null;
        Count++;
        machine.Note(TraceKind.Fault, -1, number, (long)injected.Kind, "mistake {0} of kind {1} was caught");
        if (injected.Kind is MistakeKind.Encode or MistakeKind.EncodeForOne or MistakeKind.HowShown)
        {
            // That it cannot be shown may fail as well.
            _thrown = injected;
            if (injected.Kind != MistakeKind.EncodeForOne)
            {
                _losses.Add((injected.Format!, number, injected.Kind == MistakeKind.HowShown));
            }
        }
        else if (injected.Kind == MistakeKind.EncodeInstead && _losses.Count > 0)
        {
            _losses[^1] = _losses[^1] with { Number = 0 };
        }
    }

    private bool IsDue(MistakeKind kind) => !IsOver && random.Chance(plan[kind]);

    private void Throw(MistakeKind kind, int client, IWireFormat? format)
    {
        _thrown = new InjectedException(kind, format);
        machine.Milestones.Note(kind);
        machine.Note(TraceKind.Fault, client, (long)kind, 0, "a mistake of kind {0}");
        throw _thrown;
    }

    // What only the client is told that is served.
    private static bool IsAnswer(EventKind kind) => kind is EventKind.Welcome or EventKind.RoomState
        or EventKind.Ok or EventKind.Error;
}
