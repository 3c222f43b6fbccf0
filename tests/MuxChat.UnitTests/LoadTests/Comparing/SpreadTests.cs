using MuxChat.LoadTests.Comparing;

namespace MuxChat.UnitTests.LoadTests.Comparing;

public class SpreadTests
{
    [Theory]
    [InlineData(new[] { 5.0 }, 5, 5, 5)]
    [InlineData(new[] { 9.0, 1, 5 }, 1, 5, 9)]
    [InlineData(new[] { 2.0, 4 }, 2, 3, 4)]
    [InlineData(new[] { 8.0, 2, 4, 1 }, 1, 3, 8)]
    [InlineData(new double[0], 0, 0, 0)]
    public void Spread_of_values_is_least_median_and_most(double[] values, double min, double median, double max) =>
        Assert.Equal(new Spread(min, median, max) { Count = values.Length }, Spread.Of(values));
}
