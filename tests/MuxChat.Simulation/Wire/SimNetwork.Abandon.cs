namespace MuxChat.Simulation.Wire;

/// <summary>What the network does when a server is gone.</summary>
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
            foreach (var waiting in listener.Backlog)
            {
                waiting.Reset();
            }

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
}
