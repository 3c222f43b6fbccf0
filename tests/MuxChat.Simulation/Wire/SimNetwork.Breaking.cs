namespace MuxChat.Simulation.Wire;

/// <summary>How connections break: one beside another, or all with their server.</summary>
internal sealed partial class SimNetwork
{
    /// <summary>The server is gone: every connection breaks, and a new server may listen in its place.</summary>
    public void Abandon()
    {
        foreach (var channel in _accepted)
        {
            channel.IsRegistered = false;
            _freeDescriptors.Add(channel.Descriptor);
            channel.Reset();
            channel.NoteClosed();
        }

        foreach (var listener in _listeners)
        {
            listener.Close();
            listener.Backlog.Clear();
            listener.IsListening = true;
        }

        _accepted.Clear();
        _registered.Clear();
        _reports.Forget();
        AreListenersClosed = false;
        _reports.AreListenersClosed = false;
        _isWoken = false;
        _hasProgress = true;
        _callsInTick = 0;
    }

    /// <summary>Now and then, while one is written to, another one breaks.</summary>
    public void ResetOther(SimChannel channel, SeededRandom random)
    {
        if (random.Chance(_machine.Faults.ResetOther) && _registered.Count > 0)
        {
            var other = _registered[random.Below(_registered.Count)];
            if (other != channel)
            {
                other.Reset();
            }
        }
    }
}
