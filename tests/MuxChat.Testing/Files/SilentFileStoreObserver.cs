using MuxChat.Storage.Files;

namespace MuxChat.Testing.Files;

/// <summary>Observes a store of shared files whose faults the test looks for elsewhere.</summary>
public sealed class SilentFileStoreObserver : IFileStoreObserver
{
    public void UnfinishedRemoved(int files)
    {
    }

    public void NotServed(string path, string reason)
    {
    }

    public void Full(string path, string message)
    {
    }

    public void NotStored(string path, string message)
    {
    }

    public void NotRead(string path, string message)
    {
    }

    public void NotRemoved(string path, string message)
    {
    }
}
