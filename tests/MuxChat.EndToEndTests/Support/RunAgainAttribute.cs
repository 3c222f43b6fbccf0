using System.Reflection;
using MuxChat.EndToEndTests.Support;
using Xunit.v3;

[assembly: RunAgain]

namespace MuxChat.EndToEndTests.Support;

/// <summary>Adds to every test that failed the command that runs this one again, alone, from the root of the repository.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RunAgainAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(CommandFor(test.TestDisplayName));
        }
    }

    // A filter may hold a wildcard at its end and nowhere else: a name that holds an asterisk is given up to there.
    private static string CommandFor(string displayName)
    {
        var asterisk = displayName.IndexOf('*', StringComparison.Ordinal);
        var filter = asterisk < 0 ? displayName : displayName[..(asterisk + 1)];
        return $"Run it again: dotnet run --project tests/MuxChat.EndToEndTests -- --filter-display-name '"
            + $"{filter.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
