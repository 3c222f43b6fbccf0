namespace MuxChat.LoadTests.Audit;

/// <summary>
/// All who hear the same senders must hear them in the same order: a room has one. The numbers of each sender cannot tell when lines
/// of two senders change places, so the books of such receivers are compared. Those who speak hear all but themselves, each
/// something else, and are not compared.
/// </summary>
internal static class RoomOrder
{
    /// <summary>Counts every receiver whose order differs from that of most others as one reordered line.</summary>
    /// <param name="closed">Closed books. One in which something else is wrong is left out: that is counted already.</param>
    /// <param name="counts">Where to count.</param>
    public static void Compare(IEnumerable<Ledger> closed, AuditCounts counts)
    {
        foreach (var room in closed.Where(ledger => ledger.IsWhole).GroupBy(ledger => ledger.Expected))
        {
            counts.Reordered += room.Count() - room.GroupBy(ledger => ledger.Order).Max(same => same.Count());
        }
    }
}
