using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using MuxChat.Server.Logging;

namespace MuxChat.UnitTests.Server;

/// <summary>
/// A line of the log has a number that no other kind of line has: people filter by it. Its words agree with its figures.
/// </summary>
public sealed partial class LogTests
{
    private static IEnumerable<MethodInfo> Kinds => typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public)
        .Where(static method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null);

    [Fact]
    public void Line_with_one_of_something_has_no_plural() =>
        Assert.All(Kinds, static kind => Assert.DoesNotMatch(OneOfMany(), LineOf(kind, number: 1)));

    [Fact]
    public void Line_tells_how_many_were_suppressed_only_if_some_were()
    {
        Assert.All(Kinds, static kind => Assert.DoesNotContain("since the last such line", LineOf(kind, 0), StringComparison.Ordinal));
        var limited = Kinds.Where(static kind => kind.GetParameters().Any(static one => one.ParameterType == typeof(Suppressed))).ToList();
        Assert.True(limited.Count > 20, $"{limited.Count}");
        Assert.All(limited, static kind => Assert.EndsWith("; 2 more since the last such line", LineOf(kind, 2), StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_ofDifferentKinds_haveDifferentNumbers()
    {
        var numbers = typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()
            .Select(static one => one.EventId).ToList();
        Assert.True(numbers.Count > 30, $"{numbers.Count}");
        Assert.Equal(numbers.Distinct().Order(), numbers.Order());
    }

    // The line with one number for every figure.
    private static string LineOf(MethodInfo kind, long number)
    {
        var lines = new LogLines();
        kind.Invoke(null, [lines, .. kind.GetParameters().Skip(1).Select(one => ValueOf(one.ParameterType, number))]);
        return Assert.Single(lines.Taken());
    }

    private static object ValueOf(Type type, long number) =>
        type == typeof(string) ? "x"
        : type == typeof(DateTime) ? default(DateTime)
        : type == typeof(Exception) ? new InvalidOperationException()
        : type.IsPrimitive ? Convert.ChangeType(number, type, CultureInfo.InvariantCulture)
        : Activator.CreateInstance(type, number)!;

    // Milliseconds have no singular.
    [GeneratedRegex(@"\b1 (?!ms\b)\w+s\b")]
    private static partial Regex OneOfMany();
}
