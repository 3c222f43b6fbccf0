namespace MuxChat.Simulation.Mistakes;

/// <summary>Where the program throws in one run, and how often: shares of all calls. Four runs in five have none.</summary>
internal sealed class MistakePlan
{
    private const double Share = 0.2;

    private readonly double[] _shares = new double[Enum.GetValues<MistakeKind>().Length];

    /// <summary>Whether there are any. Where not, the firewall catches nothing.</summary>
    public bool IsAny { get; private init; }

    /// <summary>
    /// Whether wire formats throw also where they are asked about themselves, and those of IRC clients with capabilities at all.
    /// </summary>
    public bool HasFormats { get; private set; }

    public double this[MistakeKind kind] => _shares[(int)kind];

    /// <summary>Draws the mistakes of one run. Each kind is off in about half of all runs, so that each is also seen alone.</summary>
    public static MistakePlan Draw(SeededRandom random)
    {
        var plan = new MistakePlan { IsAny = random.Chance(Share) };
        for (var kind = MistakeKind.Begin; kind <= MistakeKind.Watch; kind++)
        {
            var share = random.Below(1000) / 999.0;
            plan._shares[(int)kind] = !plan.IsAny || random.Chance(0.5) ? 0 : MaxOf(kind) * share * share;
        }

        return plan;
    }

    /// <summary>
    /// Adds mistakes of wire formats, in half of the runs with mistakes. From another generator, so that everything else is as it was.
    /// </summary>
    public MistakePlan WithFormats(SeededRandom random)
    {
        HasFormats = IsAny && random.Chance(0.5);
        for (var kind = MistakeKind.Shows; HasFormats && kind <= MistakeKind.HowShown; kind++)
        {
            var share = random.Below(1000) / 999.0;
            _shares[(int)kind] = random.Chance(0.5) ? 0 : MaxOf(kind) * share * share;
        }

        return this;
    }

    private static double MaxOf(MistakeKind kind) => kind switch
    {
        MistakeKind.EncodeInstead => 0.3,
        MistakeKind.Encode or MistakeKind.ShutDown or MistakeKind.WriteMore or MistakeKind.Register
            or MistakeKind.Shows => 0.1,
        MistakeKind.Patience => 0.002,
        _ => 0.03,
    };
}
