namespace MuxChat.LoadTests.Reports.Charts;

/// <summary>One row of a strip chart: the values of all rounds.</summary>
/// <param name="Group">The heading that it is below; rows of one group follow each other.</param>
/// <param name="Name">Its name at the left.</param>
/// <param name="Style">How it looks: a number of <see cref="SeriesStyles"/>.</param>
/// <param name="Values">One for each round; not empty.</param>
/// <param name="IsWinner">Whether it was better in each round than any other row of its group in any round.</param>
internal sealed record Strip(string Group, string Name, int Style, IReadOnlyList<double> Values, bool IsWinner);
