using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Files;

/// <summary>One file that a client wants to share, through all its connections, until it has.</summary>
internal sealed class SharePlan
{
    public required byte[] Content { get; init; }

    /// <summary>The name as the client gives it, and as it is shown.</summary>
    public required (string Given, string Shown) Name { get; init; }

    public required string Room { get; init; }

    /// <summary>The hash that the client gives, in hexadecimal; empty for none.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether the hash is not that of the content, so that the file must never be seen.</summary>
    public bool IsHashWrong { get; init; }

    /// <summary>The connection that the client tries it on; null when it may try again.</summary>
    public Link? On { get; set; }

    /// <summary>The upload's id; empty before the server has said it.</summary>
    public string Id { get; set; } = "";

    /// <summary>The next byte that the client sends.</summary>
    public int Next { get; set; }

    /// <summary>The first byte that the server asked for; -1 where it did not know yet what it was sent.</summary>
    public int Begin { get; set; }

    /// <summary>The chunk that ends it, once that is sent; null before, and where the server has all bytes already.</summary>
    public FileRequest? LastChunk { get; set; }

    /// <summary>Whether it was shared, or the client has given up.</summary>
    public bool IsOver { get; set; }

    public override string ToString() => $"{Name.Shown}, {Content.Length} bytes";
}
