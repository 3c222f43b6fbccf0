using System.Globalization;

namespace MuxChat.LoadTests.Comparing;

/// <summary>What a comparison means, in words that follow from its figures.</summary>
internal static class Findings
{
    /// <summary>Models within this share of the winner did as well: 10%, about the noise of a shared machine.</summary>
    private const double AsWell = 0.9;

    private static readonly string[] Loops = ["select", "epoll", "auto"];

    public static List<string> Of(IReadOnlyList<ComparisonRow> rows)
    {
        var findings = rows.GroupBy(row => row.Clients).Select(Winner).ToList();
        Others(rows, findings);
        SelectBends(rows, findings);
        ClientCosts(rows, findings);
        return findings;
    }

    private static string Winner(IGrouping<int, ComparisonRow> group)
    {
        var order = group.OrderByDescending(row => row.PerCpuSecond.Median).ToList();
        var rest = order.Skip(1).Select(row => $"{row.Io} {Percent(row.AgainstWinner)}");
        return $"{group.Key:N0} clients: {order[0].Io} delivered the most per second of processor time "
            + $"({order[0].PerCpuSecond.Median:N0} deliveries)"
            + (order.Count > 1 ? $"; against it {string.Join(", ", rest)}." : ".");
    }

    private static void Others(IReadOnlyList<ComparisonRow> rows, List<string> findings)
    {
        foreach (var io in rows.Select(row => row.Io).Distinct().Except(Loops))
        {
            var close = rows.Where(row => row.Io == io && row.AgainstWinner >= AsWell).Select(row => $"{row.Clients:N0}").ToList();
            findings.Add(close.Count > 0
                ? $"{io} did as well as the best (within 10%) at {string.Join(", ", close)} clients."
                : $"{io} never came within 10% of the best with these numbers of clients.");
        }
    }

    private static void SelectBends(IReadOnlyList<ComparisonRow> rows, List<string> findings)
    {
        var pairs = rows.Where(row => row.Io == "select")
            .Join(
                rows.Where(row => row.Io == "epoll"),
                a => a.Clients,
                b => b.Clients,
                (a, b) => (a.Clients, Share: a.PerCpuSecond.Median / b.PerCpuSecond.Median,
                    IsApart: a.PerCpuSecond.Most < b.PerCpuSecond.Least))
            .OrderBy(pair => pair.Clients)
            .ToList();
        if (pairs.Count > 0)
        {
            var bend = pairs.Where(pair => pair.Share < AsWell && pair.IsApart).Select(pair => (int?)pair.Clients).FirstOrDefault();
            findings.Add(bend is null
                ? $"select kept up with epoll (within 10%, or within the spread of the rounds) up to {pairs[^1].Clients:N0} busy "
                    + "clients: when all are busy, the wait is a small part of a tick."
                : $"select falls off at {bend:N0} clients: there it delivers "
                    + $"{Percent(pairs.First(pair => pair.Clients == bend).Share)} of epoll's rate.");
        }
    }

    private static void ClientCosts(IReadOnlyList<ComparisonRow> rows, List<string> findings)
    {
        foreach (var group in rows.GroupBy(row => row.Io))
        {
            var min = group.MinBy(row => row.Clients)!;
            var max = group.MaxBy(row => row.Clients)!;
            if (max.Clients > min.Clients && max.RestKb.Median > 0)
            {
                var each = (max.RestKb.Median - min.RestKb.Median) / (max.Clients - min.Clients);
                var kilobytes = each.ToString("0.0", CultureInfo.InvariantCulture);
                findings.Add($"one more client costs {group.Key} {kilobytes} KB of resident memory at rest, "
                    + $"and {max.Threads} threads ran for {max.Clients:N0} clients.");
            }
        }
    }

    private static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture);
}
