using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Reports.Charts;

namespace MuxChat.LoadTests.Reports;

/// <summary>
/// A comparison's answer for a reader with one minute: which model to choose, and which one won each question. Both follow from
/// <see cref="Judgement"/>. The sentences after them are the report's findings.
/// </summary>
internal static class HtmlSummary
{
    private static readonly Dictionary<string, string> Questions = new()
    {
        ["broadcast"] = "Which model delivers the most for its processor time?",
        ["rate"] = "Which model is the fastest when all have the same work?",
        ["rooms"] = "Which model does the most in many small rooms?",
        ["idle"] = "Which model needs the least memory for a silent client?",
        ["slow"] = "Which model protects its readers best when others stop reading?",
        ["churn"] = "Which model logs in the most clients for its processor time?",
        ["ramp"] = "Which model holds the highest rate before it is too slow?",
    };

    /// <summary>The question that a scenario answers; its title for one without a question.</summary>
    public static string Question(ComparedScenario scenario) => Questions.GetValueOrDefault(scenario.Name, scenario.Title);

    public static HtmlText Write(Report report, SeriesStyles styles)
    {
        var questions = QuestionsOf(report.Comparison).ToList();
        var sizes = questions.Select(static question => question.Clients).Where(static size => size > 0).Distinct().Order().ToList();
        var page = HtmlText.Of($"<p class=\"lead\">{Advice(questions)}</p>\n");
        if (report.Doubts.Count > 0)
        {
            page.Add($"<p>The figures are doubtful (see above). Repeat the run on a quiet machine before you decide.</p>\n");
        }

        page.Add(HtmlTable.Box("Winner of each question", HtmlText.Of($"<thead><tr><th scope=\"col\">question</th>")
            .AddEach(sizes, static size => HtmlText.Of($"<th scope=\"col\">{size:N0} clients</th>"))
            .Add($"</tr></thead>\n<tbody>\n")
            .AddEach(questions.GroupBy(static question => question.Scenario), group => HtmlText
                .Of($"<tr><th scope=\"row\">{Question(group.Key)} <small>{Figure.Get(group.Key.Figures[0]).Head}</small></th>")
                .Add(Cells([.. group], sizes, styles)).Add($"</tr>\n"))
            .Add($"</tbody>\n")));
        return page.Add($"<p class=\"note\">{HtmlTable.Won} was better in each round than any other in any round. Several names: their ")
            .Add($"rounds overlap or are within 5%, so this run shows no difference between them.</p>\n");
    }

    /// <summary>Which model to choose, in sentences.</summary>
    public static string Advice(IEnumerable<CompareQuestion> questions)
    {
        var judged = questions.Where(static question => question.IsJudged).ToList();
        var scores = judged.SelectMany(static question => question.Rows).Select(static row => row.Io).Distinct()
            .Select(io => (Io: io, Good: judged.Count(question => question.IsAsGood(io)), Of: judged.Count(question => question.Has(io))))
            .OrderByDescending(static score => (double)score.Good / score.Of).ToList();
        if (scores.Count == 0)
        {
            return $"This run cannot say which model to choose: that takes at least two models and {Judgement.LeastRounds} rounds.";
        }

        var (_, good, of) = scores[0];
        var first = scores.Where(score => score.Good * of == good * score.Of).ToList();
        var names = string.Join(" or ", first.Select(static score => score.Io));
        var others = string.Join(", ", scores.Except(first).Select(static score => $"{score.Io} in {score.Good}"));
        return $"Choose {names}: {(first.Count > 1 ? "each of them" : "it")} was the best, or as good as "
            + $"the best, in {good} of {of} questions{(others.Length > 0 ? $"; {others}" : "")}."
            + (good < of ? " No model was best everywhere: look at the questions that matter to you." : "");
    }

    /// <summary>
    /// One question for each scenario and number of clients, of the server's own models, with the server on one processor where it was.
    /// </summary>
    public static IEnumerable<CompareQuestion> QuestionsOf(IReadOnlyList<ComparisonRow> rows) =>
        from scenario in ComparedScenario.All
        from @group in rows.Where(row => row.Scenario == scenario.Name).GroupBy(static row => row.Clients)
        select new CompareQuestion(scenario, Judgement.Models(ComparisonRow.OnOneProcessor(@group)));

    // A scenario without a number of clients has one answer for all of them.
    private static HtmlText Cells(IReadOnlyList<CompareQuestion> questions, List<int> sizes, SeriesStyles styles) =>
        questions[0].Clients == 0 ? Cell(questions[0], Math.Max(1, sizes.Count), styles)
        : HtmlText.Each(sizes, size => Cell(questions.FirstOrDefault(question => question.Clients == size), 1, styles));

    private static HtmlText Cell(CompareQuestion? question, int columns, SeriesStyles styles) => question switch
    {
        null => HtmlText.Of($"<td></td>"),
        { IsJudged: false } => HtmlText.Of($"<td{Columns(columns)}>not known</td>"),
        { Winner: { } winner } =>
            HtmlText.Of($"<td class=\"won\"{Columns(columns)}><b>{HtmlTable.Won} {Named(winner.Io, styles)}</b></td>"),
        _ => HtmlText.Of($"<td{Columns(columns)}>")
            .AddEach(question.Undecided(), row => HtmlText.Of($"{Named(row.Io, styles)} ")).Add($"</td>"),
    };

    private static HtmlText Columns(int count) => count > 1 ? HtmlText.Of($" colspan=\"{count}\"") : HtmlText.Empty;

    private static HtmlText Named(string io, SeriesStyles styles) =>
        HtmlText.Of($"<span class=\"model\">{SeriesStyles.Swatch(styles[io])}{io}</span>");
}
