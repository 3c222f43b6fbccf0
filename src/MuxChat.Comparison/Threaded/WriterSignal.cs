namespace MuxChat.Comparison.Threaded;

/// <summary>Wakes one client's two threads: the writer waits for output, the reader waits for a pause to end or for the writer.</summary>
/// <remarks>A thread may take this monitor inside the gate, but never the gate inside this monitor.</remarks>
internal sealed class WriterSignal
{
    private readonly object _monitor = new();
    private bool _hasOutput;
    private bool _isBroken;
    private bool _isIdle;
    private long _batchesSent;

    /// <summary>Tells the writer that there are bytes to send, or that the client is finishing.</summary>
    public void Raise()
    {
        lock (_monitor)
        {
            if (!_hasOutput)
            {
                _hasOutput = true;
                Monitor.PulseAll(_monitor);
            }
        }
    }

    /// <summary>Ends all waits, because the connection is broken.</summary>
    public void Break()
    {
        lock (_monitor)
        {
            _isBroken = true;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Writer: waits until there is output.</summary>
    /// <returns>False when the connection is broken, even if answers are still to come.</returns>
    public bool WaitForOutput()
    {
        lock (_monitor)
        {
            _isIdle = true;
            Monitor.PulseAll(_monitor);
            while (!_hasOutput && !_isBroken)
            {
                Monitor.Wait(_monitor);
            }

            _isIdle = false;
            _hasOutput = false;
            return !_isBroken;
        }
    }

    /// <summary>Writer: reports that a batch was sent.</summary>
    public void NoteSent()
    {
        lock (_monitor)
        {
            _batchesSent++;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Reader: waits while flood control pauses the client. Ends early when the connection breaks.</summary>
    public void Pause(int milliseconds)
    {
        var until = Environment.TickCount64 + milliseconds;
        lock (_monitor)
        {
            while (!_isBroken && until - Environment.TickCount64 is > 0 and var left)
            {
                Monitor.Wait(_monitor, (int)left);
            }
        }
    }

    /// <summary>Reader: waits until some queued bytes are sent, because the client does not read its answers.</summary>
    public void WaitSent()
    {
        lock (_monitor)
        {
            var before = _batchesSent;
            while (!_isBroken && _batchesSent == before && (!_isIdle || _hasOutput))
            {
                Monitor.Wait(_monitor);
            }
        }
    }
}
