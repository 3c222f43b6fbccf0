namespace MuxChat.Storage.Files;

/// <summary>Receives the events of the store of shared files that an admin may want to see.</summary>
/// <remarks>The start calls the first two on its own thread; the store's thread calls all others. The observer must not block.</remarks>
public interface IFileStoreObserver
{
    /// <summary>The start found files whose upload or removal was not finished, and removed them.</summary>
    void UnfinishedRemoved(int files);

    /// <summary>The start found a file that it cannot serve.</summary>
    /// <param name="path">The file, under the name that it has now.</param>
    /// <param name="reason">The reason, in words, and what happened to the file.</param>
    void NotServed(string path, string reason);

    /// <summary>The disk is full, so a file could not be stored.</summary>
    void Full(string path, string message);

    /// <summary>A file could not be stored for any other reason.</summary>
    void NotStored(string path, string message);

    /// <summary>A part of a file could not be read.</summary>
    void NotRead(string path, string message);

    /// <summary>
    /// A file could not be removed, or its removal could not be made durable. The store serves it no more, and tries again later.
    /// </summary>
    void NotRemoved(string path, string message);
}
