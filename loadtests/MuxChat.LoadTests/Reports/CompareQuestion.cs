using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports;

/// <summary>
/// One question that a comparison asks of all models: a scenario with one number of clients. The scenario's first figure decides.
/// </summary>
internal sealed record CompareQuestion(ComparedScenario Scenario, IReadOnlyList<ComparisonRow> Rows)
{
    public Figure Figure => Figure.Get(Scenario.Figures[0]);

    /// <summary>0 for a scenario that has no number of clients.</summary>
    public int Clients => Rows[0].Clients;

    /// <summary>Whether there are models and rounds enough to claim anything.</summary>
    public bool IsJudged => Known.Count() > 1 && Known.All(row => row.Of(Figure.Name)!.Count >= Judgement.LeastRounds);

    public ComparisonRow? Winner => Judgement.Winner(Rows, Figure);

    private IEnumerable<ComparisonRow> Known => Rows.Where(row => row.Of(Figure.Name) is not null);

    public bool Has(string io) => Known.Any(row => row.Io == io);

    /// <summary>Whether a model was the best, or as good as the best.</summary>
    public bool IsAsGood(string io) => Known.Any(row => row.Io == io && Judgement.IsAsGood(row, Judgement.Best(Rows, Figure)!, Figure));

    /// <summary>Those between which the rounds do not decide.</summary>
    public IEnumerable<ComparisonRow> Undecided() => Judgement.Undecided(Rows, Figure);
}
