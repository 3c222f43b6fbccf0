namespace MuxChat.Core.Chat.Files;

/// <summary>The facts about a file that was shared, apart from its bytes. It never changes.</summary>
public sealed record SharedFile
{
    /// <summary>The file's name on every protocol and in the store.</summary>
    public required FileId Id { get; init; }

    /// <summary>The short number by which people ask for it: from 1, unique among the files that the server keeps.</summary>
    public required long Number { get; init; }

    /// <summary>The name to show: UTF-8, as <see cref="FileName"/> cleans it.</summary>
    public required byte[] Name { get; init; }

    /// <summary>The length in bytes: 0 or more.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The room that it was shared in; empty for a file that only its link leads to.</summary>
    public required byte[] Room { get; init; }

    /// <summary>Whether the room was closed then (a key or invite-only).</summary>
    public bool IsClosed { get; init; }

    /// <summary>The nick of the person who shared it.</summary>
    public required byte[] From { get; init; }

    /// <summary>The time at which it was shared, in milliseconds since 1970-01-01 UTC.</summary>
    public required long UnixMs { get; init; }

    /// <summary>The SHA-256 of the content, in 32 bytes; empty until the store has sealed the file.</summary>
    public byte[] Sha256 { get; init; } = [];

    /// <summary>The media type, if the first bytes are those of an image that browsers show; else empty.</summary>
    public string ImageType { get; init; } = "";
}
