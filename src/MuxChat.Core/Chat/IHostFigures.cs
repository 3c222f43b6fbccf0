namespace MuxChat.Core.Chat;

/// <summary>What chat shows in <c>/stats</c> and cannot know by itself. Implemented by whatever runs it.</summary>
public interface IHostFigures
{
    /// <summary>The I/O model in use at this moment, such as <c>epoll</c>.</summary>
    string Io { get; }

    /// <summary>Turns of the event loop since the start; 0 where there is no loop.</summary>
    long Ticks { get; }

    /// <summary>The longest turn, waiting not counted, in microseconds.</summary>
    long LongestTickUs { get; }

    /// <summary>Bytes of managed memory allocated since the start.</summary>
    long AllocatedBytes { get; }

    /// <summary>Garbage collections since the start.</summary>
    int Collections { get; }
}
