namespace MuxChat.Storage;

/// <summary>
/// Passes batches between the loop and the writer, at most one at a time. The loop gives a batch and takes it
/// back; the writer receives and returns it. Neither waits.
/// </summary>
/// <remarks>A thread that sees the state change also sees everything that the other thread did to the batch before.</remarks>
internal sealed class BatchSlot
{
    private const int Free = 0;
    private const int Given = 1;
    private const int Returned = 2;

    private JournalBatch? _batch;
    private int _state = Free;

    /// <summary>Loop: gives a batch to the writer. The loop must have taken the previous batch back.</summary>
    public void Give(JournalBatch batch)
    {
        _batch = batch;
        Volatile.Write(ref _state, Given);
    }

    /// <summary>Writer: gets the batch to write, if there is one.</summary>
    public bool TryReceive(out JournalBatch batch)
    {
        var given = Volatile.Read(ref _state) == Given;
        batch = given ? _batch! : null!;
        return given;
    }

    /// <summary>Writer: returns the batch it received.</summary>
    public void Return() => Volatile.Write(ref _state, Returned);

    /// <summary>Loop: takes the batch back if the writer has returned it.</summary>
    public bool TryTakeBack(out JournalBatch batch)
    {
        var returned = Volatile.Read(ref _state) == Returned;
        batch = returned ? _batch! : null!;
        if (returned)
        {
            _batch = null;
            Volatile.Write(ref _state, Free);
        }

        return returned;
    }
}
