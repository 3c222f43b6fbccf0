using MuxChat.Core.Metrics;

namespace MuxChat.Core.Loop;

/// <summary>Counts the connections by protocol and by what they wait for, when the figures are read.</summary>
/// <remarks>It walks over the table, so that no connection has to report a change.</remarks>
internal static class ClientCensus
{
    private const string Unknown = "unknown";

    private static readonly (ClientWaits Reason, string Label)[] Reasons =
        [(ClientWaits.Slow, "slow"), (ClientWaits.Flood, "flood"), (ClientWaits.Output, "output")];

    /// <summary>Counts all connections of a table.</summary>
    public static void Count(ConnectionTable table, ConnectionMetrics metrics)
    {
        metrics.Clients.Clear();
        metrics.Waiting.Clear();
        var queuedBytes = 0L;
        for (var place = 0; place < table.Places; place++)
        {
            if (table[place] is not { } connection)
            {
                continue;
            }

            metrics.Clients.Increment(connection.Client.ProtocolName ?? Unknown);
            queuedBytes += connection.Client.Recipient.Outbox.QueuedBytes;
            if (connection.Waits != ClientWaits.None)
            {
                Count(connection.Waits, metrics.Waiting);
            }
        }

        metrics.OutboxBytes.Set(queuedBytes);
    }

    private static void Count(ClientWaits waits, MetricFamily waiting)
    {
        foreach (var (reason, label) in Reasons)
        {
            if ((waits & reason) != 0)
            {
                waiting.Increment(label);
            }
        }
    }
}

/// <summary>The reasons for which a client, or what is sent to it, waits.</summary>
[Flags]
internal enum ClientWaits
{
    /// <summary>It waits for nothing.</summary>
    None = 0,

    /// <summary>The last write left bytes behind, because the client does not keep up.</summary>
    Slow = 1,

    /// <summary>Flood control, or a slow disk, holds the client's input back.</summary>
    Flood = 2,

    /// <summary>The client's commands wait for room in its outbox.</summary>
    Output = 4,
}
