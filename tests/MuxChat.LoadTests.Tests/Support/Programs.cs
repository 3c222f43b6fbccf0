using System.Diagnostics;

namespace MuxChat.LoadTests.Tests.Support;

/// <summary>Starts the built programs, which lie beside the tests. What the environment sets for MuxChat does not reach them.</summary>
internal static class Programs
{
    public static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MUXCHAT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        return Process.Start(start)!;
    }
}
