using System.Reflection;
using Microsoft.Extensions.Logging;
using MuxChat.Server.Logging;

namespace MuxChat.UnitTests.Server;

/// <summary>A line of the log has a number that no other kind of line has: people filter by it.</summary>
public sealed class LogTests
{
    [Fact]
    public void Lines_ofDifferentKinds_haveDifferentNumbers()
    {
        var numbers = typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()
            .Select(static one => one.EventId).ToList();
        Assert.True(numbers.Count > 30, $"{numbers.Count}");
        Assert.Equal(numbers.Distinct().Order(), numbers.Order());
    }
}
