using MuxChat.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Comparing;

/// <summary>Rows of a comparison that never was.</summary>
internal static class MadeUp
{
    public static ComparisonRow Row(int clients, string io, double perCpuSecond, double against, double restKb = 40_000, int threads = 3) =>
        new()
        {
            Clients = clients,
            Io = io,
            PerCpuSecond = new Spread(perCpuSecond * 0.9, perCpuSecond, perCpuSecond * 1.1),
            PerSecond = new Spread(perCpuSecond, perCpuSecond * 2, perCpuSecond * 3),
            P50 = new Spread(1000, 1500, 2000),
            P99 = new Spread(5000, 6700, 9000),
            LoginSeconds = new Spread(0.1, 0.23, 0.3),
            RestKb = new Spread(restKb, restKb, restKb),
            Threads = threads,
            SwitchesPerSecond = new Spread(100, 4321, 5000),
            AllocatedPerDelivery = new Spread(0, 0.125, 1),
            AgainstWinner = against,
            IsWinner = against >= 1,
        };
}
