using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using MuxChat.Terminal.Connection;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Talking;

/// <summary>The one loop of the client: takes keys, lines, frames and signals from one queue, and keeps the connection.</summary>
internal sealed class TalkLoop : IDisposable
{
    /// <summary>Inputs in the queue: 1,024. A thread that reads more waits.</summary>
    public const int MaxQueued = 1024;

    /// <summary>The pause between two looks at the clock: 1 s.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private const int MaxInputsPerRefresh = 256;

    private readonly BlockingCollection<TalkInput> _queue = new(MaxQueued);
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Link _link;
    private ITalkFront? _front;

    public TalkLoop(TalkOptions options, int recent, Func<string, string, string>? explain = null)
    {
        var session = new SessionOptions
        {
            Rooms = options.Rooms,
            Nick = options.Nick,
            Password = options.Connection.Password,
            Recent = recent,
            Work = Work,
        };
        session = explain is null ? session : session with { Explain = explain };
        Session = new ChatSession(session, (view, line) => _front?.Shown(view, line), _time);
        _link = new Link(options.Connection, Session, news => Post(new TalkInput.News(news)), new Backoff(Random.Shared), _time)
        {
            Lost = (reason, pause) => _front?.Lost(reason, pause),
        };
    }

    public ChatSession Session { get; }

    /// <summary>Puts something into the queue, from any thread. Waits while the queue is full.</summary>
    public void Post(TalkInput input)
    {
        try
        {
            _queue.Add(input);
        }
        catch (InvalidOperationException) when (_queue.IsAddingCompleted)
        {
            // The client ends: no reader needs this any more.
            return;
        }
    }

    /// <summary>Passes these signals to the front, instead of what they do by default.</summary>
    public void Listen(params PosixSignal[] signals)
    {
        foreach (var signal in signals)
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Post(new TalkInput.Signal(context.Signal));
            }));
        }
    }

    /// <summary>Runs until the front has an exit code, and returns it.</summary>
    public int Run(ITalkFront front)
    {
        _front = front;
        while (true)
        {
            _link.Tick();
            front.Refresh();
            if (front.ExitCode is { } code)
            {
                return code;
            }

            if (!_queue.TryTake(out var input, Wait()))
            {
                continue;
            }

            for (var taken = 0; input is not null && taken < MaxInputsPerRefresh; taken++)
            {
                Take(front, input);
                _queue.TryTake(out input);
            }

            if (input is not null)
            {
                Take(front, input);
            }
        }
    }

    public void Dispose()
    {
        _link.Stop();
        _queue.CompleteAdding();
        _signals.ForEach(static signal => signal.Dispose());
    }

    private void Work(Func<Action> work) =>
        new Thread(() => Post(new TalkInput.Worked(work()))) { IsBackground = true, Name = "slow work" }.Start();

    private TimeSpan Wait()
    {
        var toAttempt = _link.NextAttempt - _time.GetUtcNow() ?? Beat;
        return toAttempt < TimeSpan.Zero ? TimeSpan.Zero : toAttempt < Beat ? toAttempt : Beat;
    }

    private void Take(ITalkFront front, TalkInput input)
    {
        if (input is TalkInput.News news)
        {
            _link.Take(news.What);
        }
        else if (input is TalkInput.Worked worked)
        {
            worked.Then();
        }
        else
        {
            front.Take(input);
        }
    }
}
