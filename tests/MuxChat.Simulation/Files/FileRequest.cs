using System.Globalization;

namespace MuxChat.Simulation.Files;

/// <summary>What a request says about files.</summary>
internal sealed class FileRequest
{
    /// <summary>The file that is shared; null for a request for one.</summary>
    public SharePlan? Share { get; init; }

    /// <summary>The bytes that a chunk has; null for none.</summary>
    public byte[]? Data { get; init; }

    /// <summary>Whether the server must refuse it: bytes that are not the next ones.</summary>
    public bool IsWrong { get; init; }

    /// <summary>Whether its bytes are the first that the server asked for when it took the upload.</summary>
    public bool IsFirst { get; init; }

    public string Id { get; init; } = "";

    public long Number { get; init; }

    public long Offset { get; init; }

    public int Length { get; init; }

    /// <summary>The file that the answer is about, and the bytes that have come.</summary>
    public FileAnswer? Answer { get; set; }

    /// <summary>Whether the file is shared by this request, if it goes well.</summary>
    public bool MayEnd => Share is not null && !IsWrong && (Data is null || Offset + Data.Length == Share.Content.Length);

    /// <summary>Whether an event with this text may be of this request: it is of the upload, or of an empty file.</summary>
    public bool MayBecome(string text) => MayEnd
        && (Data is not null ? text.Split(' ')[1] == Id : Share!.LastChunk is null && text.Split(' ', 6)[^1] == Share.Name.Shown);

    /// <summary>The fields of the frame, behind its type.</summary>
    public string ToFields()
    {
        if (Share is { } share && Data is null)
        {
            var name = System.Text.Json.JsonEncodedText.Encode(share.Name.Given);
            return string.Create(CultureInfo.InvariantCulture, $",\"name\":\"{name}\",\"size\":{share.Content.Length}")
                + (share.Sha256.Length > 0 ? $",\"sha256\":\"{share.Sha256}\"" : "");
        }

        var which = Number > 0 ? string.Create(CultureInfo.InvariantCulture, $",\"number\":{Number}") : $",\"file\":\"{Id}\"";
        var part = string.Create(CultureInfo.InvariantCulture, $",\"offset\":{Offset}");
        part += Length > 0 ? string.Create(CultureInfo.InvariantCulture, $",\"length\":{Length}") : "";
        return which + part + (Data is null ? "" : $",\"data\":\"{Convert.ToBase64String(Data)}\"");
    }
}

/// <summary>What a client has got of a file.</summary>
/// <param name="Id">The file.</param>
/// <param name="Offset">The first byte that comes.</param>
/// <param name="Length">How many come.</param>
internal sealed record FileAnswer(string Id, long Offset, long Length)
{
    public List<byte> Bytes { get; } = [];
}
