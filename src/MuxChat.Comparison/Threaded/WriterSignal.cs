namespace MuxChat.Comparison.Threaded;

/// <summary>
/// What one client's two threads wait for: the writer for output, the reader for time or for the writer. Its monitor may be taken inside
/// the gate, never the other way round.
/// </summary>
internal sealed class WriterSignal
{
    private readonly object _monitor = new();
    private bool _hasOutput;
    private bool _isBroken;
    private bool _isIdle;
    private long _batchesSent;

    /// <summary>There is something to send, or the client is finishing.</summary>
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

    /// <summary>The connection is broken: nobody need wait any longer.</summary>
    public void Break()
    {
        lock (_monitor)
        {
            _isBroken = true;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>The writer waits until there is output.</summary>
    /// <returns>False when the connection is broken: there is nobody to write to, whatever answers are still awaited.</returns>
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

    /// <summary>The writer has sent what it took.</summary>
    public void NoteSent()
    {
        lock (_monitor)
        {
            _batchesSent++;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>The reader waits, because its client has said too much; ends early when the connection breaks.</summary>
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

    /// <summary>The reader waits until something of what is queued has been sent, because its client does not read the answers.</summary>
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
