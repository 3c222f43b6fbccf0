namespace MuxChat.Testing.Processes;

/// <summary>Runs several things at once, each on a thread of its own; what one of them throws fails the test.</summary>
public static class Together
{
    public static void Run(params Action[] actions)
    {
        var failures = new List<Exception>();
        var threads = actions.Select(action => new Thread(() => RunOne(action, failures))).ToList();
        threads.ForEach(thread => thread.Start());
        foreach (var thread in threads)
        {
            Assert.True(thread.Join(2 * Guard.Ms),
                $"Within {2 * Guard.Ms} ms a thread of the test did not end; until then these failed: {string.Join('\n', failures)}");
        }

        Assert.Empty(failures);
    }

    private static void RunOne(Action action, List<Exception> failures)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            lock (failures)
            {
                failures.Add(error);
            }
        }
    }
}
