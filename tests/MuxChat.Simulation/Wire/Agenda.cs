namespace MuxChat.Simulation.Wire;

/// <summary>What the simulated world does at which time. Things at the same time happen in the order they were put in.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (long AtUs, long Number)> _items = new();
    private long _number;

    /// <summary>When the next thing happens; <see cref="long.MaxValue"/> when nothing will.</summary>
    public long NextUs => _items.TryPeek(out _, out var at) ? at.AtUs : long.MaxValue;

    public void Add(long atUs, Action action) => _items.Enqueue(action, (atUs, _number++));

    public void RunDue(long nowUs)
    {
        while (_items.TryPeek(out _, out var at) && at.AtUs <= nowUs)
        {
            _items.Dequeue()();
        }
    }
}
