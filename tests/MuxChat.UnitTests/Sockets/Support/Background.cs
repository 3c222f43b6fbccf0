using System.Runtime.ExceptionServices;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>Work on a thread of its own, whose failure is the test's.</summary>
internal sealed class Background
{
    private readonly Thread _thread;
    private readonly string _what;
    private ExceptionDispatchInfo? _failure;

    private Background(Action work, string what)
    {
        _what = what;
        _thread = new Thread(() => Run(work)) { IsBackground = true, Name = "test" };
        _thread.Start();
    }

    public static Background Start(string what, Action work) => new(work, what);

    /// <summary>Waits for the end; fails when there is none or when the work failed.</summary>
    public void Finish()
    {
        Assert.True(_thread.Join(Guard.Ms), $"Not finished within {Guard.Ms} ms: {_what}");
        _failure?.Throw();
    }

    private void Run(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }
    }
}
