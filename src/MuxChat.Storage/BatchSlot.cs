namespace MuxChat.Storage;

/// <summary>
/// The place where the loop and the writer meet: it holds one batch at the most. One thread gives and takes back, the other receives and
/// returns; neither waits. Whoever sees the state change sees everything the other did to the batch before.
/// </summary>
internal sealed class BatchSlot
{
    private const int Free = 0;
    private const int Given = 1;
    private const int Returned = 2;

    private JournalBatch? _batch;
    private int _state = Free;

    /// <summary>Loop: gives a batch to the writer. The last one must have been taken back.</summary>
    public void Give(JournalBatch batch)
    {
        _batch = batch;
        Volatile.Write(ref _state, Given);
    }

    /// <summary>Writer: the batch that is to be written, if there is one.</summary>
    public bool TryReceive(out JournalBatch batch)
    {
        var given = Volatile.Read(ref _state) == Given;
        batch = given ? _batch! : null!;
        return given;
    }

    /// <summary>Writer: is done with the batch it received.</summary>
    public void Return() => Volatile.Write(ref _state, Returned);

    /// <summary>Loop: takes the batch back when the writer is done with it.</summary>
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
