using System.Globalization;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Comparing;

/// <summary>What a comparison means, in words that follow from its figures. Where the rounds do not show it, it claims nothing.</summary>
internal static class Findings
{
    public static List<string> Of(IReadOnlyList<ComparisonRow> rows) =>
    [
        .. ScenariosOf(rows).SelectMany(static one => Winners(one.Scenario, one.Rows).Concat(Others(one.Scenario, one.Rows))),
        .. Lessons([.. rows.Where(static row => row.Scenario == "broadcast")]),
    ];

    /// <summary>All of it but who was best in each scenario, which the tables show.</summary>
    public static List<string> BesidesWinners(IReadOnlyList<ComparisonRow> rows) =>
    [
        .. ScenariosOf(rows).SelectMany(static one => Others(one.Scenario, one.Rows)),
        .. Lessons([.. rows.Where(static row => row.Scenario == "broadcast")]),
    ];

    // On one processor, where it was run so.
    private static IEnumerable<(ComparedScenario Scenario, IReadOnlyList<ComparisonRow> Rows)> ScenariosOf(
        IReadOnlyList<ComparisonRow> rows) =>
        from scenario in ComparedScenario.All
        let all = rows.Where(row => row.Scenario == scenario.Name).ToList()
        where all.Count > 0
        select (scenario, ComparisonRow.OnOneProcessor(all));

    private static IEnumerable<string> Lessons(IReadOnlyList<ComparisonRow> broadcast)
    {
        var onOne = broadcast.Where(static row => !row.IsOnAll).ToList();
        return [.. OfTheFloor(onOne), .. WallClock(onOne), .. AllProcessors(broadcast), .. SelectBends(onOne), .. ClientCosts(onOne)];
    }

    /// <summary>
    /// Each model's share of the floor, by deliveries per cpu second: the rounds of the broadcast on one processor, each divided by that of
    /// the floor. Empty without a floor.
    /// </summary>
    public static IReadOnlyList<(int Clients, string Io, Spread Share)> AgainstFloor(IReadOnlyList<ComparisonRow> rows)
    {
        const string Figure = "deliveries/cpu-s";
        var broadcast = rows.Where(static row => row is { Scenario: "broadcast", IsOnAll: false }).ToList();
        var floors = broadcast.Where(static row => row.Io == "floor").ToDictionary(static row => row.Clients);
        return
        [
            .. from row in broadcast
               where IoModels.All.Contains(row.Io) && floors.ContainsKey(row.Clients)
               orderby row.Clients
               select (row.Clients, row.Io, Spread.Of(row.Values[Figure].Zip(floors[row.Clients].Values[Figure],
                   static (own, floor) => own / floor))),
        ];
    }

    private static IEnumerable<string> OfTheFloor(IReadOnlyList<ComparisonRow> rows) =>
        AgainstFloor(rows).GroupBy(static one => one.Clients).Select(static group => string.Create(CultureInfo.InvariantCulture,
            $"Of the floor, round by round, {group.Key:N0} clients: ")
            + string.Join(", ", group.Select(static one => string.Create(CultureInfo.InvariantCulture,
                $"{one.Io} {one.Share.Median:0.00} ({one.Share.Least:0.00} to {one.Share.Most:0.00})"))) + ".");

    private static IEnumerable<string> Winners(ComparedScenario scenario, IReadOnlyList<ComparisonRow> rows) =>
        rows.GroupBy(static row => row.Clients).Select(group => Winner(scenario, Figure.Get(scenario.Figures[0]), [.. group]));

    private static string Winner(ComparedScenario scenario, Figure figure, IReadOnlyList<ComparisonRow> rows)
    {
        var where = Where(scenario.Heading, rows[0].Clients);
        if (Judgement.Best(rows, figure) is not { } best)
        {
            return $"{where}: {figure.Head} was not measured.";
        }

        var shown = string.Join(", ",
            Judgement.Ordered(rows, figure).Select(row => $"{row.Io} {Figure.Show(row.Of(figure.Name)!.Median)}"));
        var rounds = best.Of(figure.Name)!.Count;
        var models = Judgement.Models(rows);
        var among = models.Count < rows.Count ? "of the models, " : "";
        return models.Count < 2 ? $"{where}: {figure.Head}: {shown}."
            : rounds < Judgement.LeastRounds ? $"{where}: {figure.Head}: {shown}. {Rounds(rounds)} cannot name a winner."
            : Judgement.Winner(rows, figure) is { } winner ? $"{where}: {among}{winner.Io} was best in {figure.Head}: {shown}."
            : $"{where}: {among}no winner in {figure.Head}, because "
                + $"{string.Join(" and ", Judgement.Undecided(models, figure).Select(static row => row.Io))} "
                + $"overlap or are within 5%: {shown}.";
    }

    private static IEnumerable<string> Others(ComparedScenario scenario, IReadOnlyList<ComparisonRow> rows)
    {
        var figure = Figure.Get(scenario.Figures[0]);
        var groups = rows.Where(static row => IoModels.All.Contains(row.Io)).GroupBy(static row => row.Clients).ToList();
        foreach (var io in rows.Select(static row => row.Io).Distinct().Where(static io => IoModels.IsThreaded(io)))
        {
            var near = new List<int>();
            var compared = 0;
            var worse = 0;
            foreach (var group in groups.Where(group => group.Count() > 1))
            {
                var best = Judgement.Best([.. group], figure);
                var row = group.FirstOrDefault(row => row.Io == io);
                if (best is null || row?.Of(figure.Name) is not { Count: >= Judgement.LeastRounds })
                {
                    continue;
                }

                compared++;
                worse += Judgement.IsWorse(row, best, figure) ? 1 : 0;
                near.AddRange(Judgement.IsAsGood(row, best, figure) ? [group.Key] : []);
            }

            if (near.Count > 0)
            {
                yield return $"{scenario.Heading}: {io} did as well as the best (within 10%)"
                    + $"{(near is [0] ? "" : $" with {Counts(near)} clients")}.";
            }
            else if (worse > 0 && worse == compared)
            {
                yield return $"{scenario.Heading}: {io} did not do as well as the best"
                    + $"{(groups is [{ Key: 0 }] ? "" : " with any number of clients")}.";
            }
        }
    }

    // The most by the wall clock is another question than the most per processor second: who waits, wastes time.
    private static IEnumerable<string> WallClock(IReadOnlyList<ComparisonRow> rows)
    {
        var figure = Figure.Get("deliveries/s");
        return rows.GroupBy(static row => row.Clients).Select(group => (Rows: group.ToList(), group.Key))
            .Where(static group => group.Rows.Count > 1)
            .Select(group => Judgement.Winner(group.Rows, figure) is { } winner
                ? $"By the wall clock, {group.Key:N0} clients: {winner.Io} delivered the most a second on one processor."
                : $"By the wall clock, {group.Key:N0} clients: no winner on one processor.");
    }

    private static IEnumerable<string> AllProcessors(IReadOnlyList<ComparisonRow> rows)
    {
        var figure = Figure.Get("deliveries/s");
        foreach (var group in rows.GroupBy(static row => row.Clients))
        {
            var loop = Judgement.Best([.. group.Where(row => !row.IsOnAll && IoModels.Loops.Contains(row.Io))], figure);
            var many = Judgement.Best([.. group.Where(row => row.IsOnAll && IoModels.IsThreaded(row.Io))], figure);
            if (loop is null || many is null)
            {
                continue;
            }

            var (one, all) = (loop.Of(figure.Name)!, many.Of(figure.Name)!);
            var shown = $"{loop.Io} on one processor delivered {Figure.Show(one.Median)} a second, "
                + $"{many.Io} on {many.Processors} delivered {Figure.Show(all.Median)}";
            yield return $"{group.Key:N0} clients, all processors: {shown}. "
                + (one.Count < Judgement.LeastRounds ? $"{Rounds(one.Count)} cannot name a winner."
                    : Judgement.Winner([loop, many], figure) is not { } winner
                        ? "The rounds overlap or are within 5%, so neither won."
                    : winner == loop ? "One loop on one processor was enough."
                    : group.FirstOrDefault(row => !row.IsOnAll && row.Io == many.Io) is { } same
                        && (Judgement.Best([many, same], figure) == same || !Judgement.IsWorse(same, many, figure))
                        ? $"But {many.Io} delivered {Figure.Show(same.Of(figure.Name)?.Median)} on one processor, "
                            + "so more of them did not help."
                    : "Here one loop on one processor loses against several.");
        }
    }

    private static IEnumerable<string> SelectBends(IReadOnlyList<ComparisonRow> rows)
    {
        var figure = Figure.Get("deliveries/cpu-s");
        var pairs = rows.Where(static row => row.Io == "select")
            .Join(rows.Where(static row => row.Io == "epoll"), static a => a.Clients, static b => b.Clients,
                static (a, b) => (Select: a, Epoll: b))
            .OrderBy(static pair => pair.Select.Clients)
            .Where(pair => pair.Select.Of(figure.Name) is { Count: >= Judgement.LeastRounds })
            .ToList();
        if (pairs.Count == 0)
        {
            yield break;
        }

        var bend = pairs.FirstOrDefault(pair => Judgement.IsWorse(pair.Select, pair.Epoll, figure)
            && !Judgement.IsAsGood(pair.Select, pair.Epoll, figure)
            && pair.Select.Of(figure.Name)!.Median < pair.Epoll.Of(figure.Name)!.Median);
        yield return bend.Select is null
            ? $"select kept up with epoll (within 10%, or not told apart) up to {pairs[^1].Select.Clients:N0} busy clients. "
                + "When all are busy, the wait is a small part of a tick."
            : $"select falls off at {bend.Select.Clients:N0} clients: there it delivers "
                + $"{Numbers.Percent(bend.Select.Of(figure.Name)!.Median / bend.Epoll.Of(figure.Name)!.Median)} of epoll's rate.";
    }

    private static IEnumerable<string> ClientCosts(IReadOnlyList<ComparisonRow> rows)
    {
        var known = rows.Where(static row => row.Of("memory") is not null && IoModels.All.Contains(row.Io));
        foreach (var group in known.GroupBy(static row => row.Io))
        {
            var min = group.MinBy(static row => row.Clients)!;
            var max = group.MaxBy(static row => row.Clients)!;
            var (from, to) = (min.Of("memory")!, max.Of("memory")!);
            if (max.Clients > min.Clients && from.Count >= Judgement.LeastRounds && !from.Overlaps(to))
            {
                const double KbPerMb = 1024;
                var each = (to.Median - from.Median) * KbPerMb / (max.Clients - min.Clients);
                yield return $"One more client costs {group.Key} about {each.ToString("0", CultureInfo.InvariantCulture)} KB "
                    + $"of resident memory at rest, and {Figure.Show(max.Of("threads")?.Median)} threads ran for {max.Clients:N0} clients.";
            }
        }
    }

    private static string Where(string title, int clients) => clients == 0 ? title : $"{title}, {clients:N0} clients";

    private static string Rounds(int rounds) => rounds == 1 ? "One round" : $"{rounds} rounds";

    private static string Counts(IEnumerable<int> clients) => string.Join(", ", clients.Select(static count => $"{count:N0}"));
}
