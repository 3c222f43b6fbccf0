using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols.Uploads;

/// <summary>The header of one upload: <c>{"data_size": 5, "hash": "5d41...", "filename": "hello.txt"}</c>.</summary>
/// <remarks>
/// The hash is MD5 or SHA-256 in hexadecimal, null, or left out. Unknown fields are skipped. A known field must not occur twice and must
/// have its type.
/// </remarks>
internal sealed class UploadHeader
{
    private const int MaxDepth = 16;

    // The largest integer that every JSON reader represents exactly (RFC 8259, section 6).
    private const long MaxNumber = (1L << 53) - 1;

    private static readonly CommandResult NotJson = CommandResult.Error(ErrorCode.BadJson,
        "the header is not a JSON object such as {\"data_size\":5,\"hash\":null,\"filename\":\"a.txt\"}");

    private static readonly CommandResult NoSize =
        CommandResult.Error(ErrorCode.BadField, $"the field data_size must be there once: a whole number from 0 to {MaxNumber}");

    private CommandResult _fault = CommandResult.Ok();
    private string? _hash;
    private bool _hasHash;
    private bool _isSizeWrong;

    /// <summary>The bytes that follow the header; -1 if it does not say so.</summary>
    public long SizeBytes { get; private set; } = -1;

    /// <summary>The name of the file, as the client gave it; null for none.</summary>
    public string? Name { get; private set; }

    /// <summary>The hash that the bytes must have.</summary>
    public FileHash Hash { get; private set; } = FileHash.None;

    /// <summary>The server's password, as the client gave it; null for none.</summary>
    public string? Password { get; private set; }

    /// <summary>Reads a header. After a fault, only the size may be set.</summary>
    public CommandResult Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ChatText.IsUtf8(json) ? ReadObject(json) : NotJson;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The reader reports half a surrogate pair in a name by the second one. Such a header may have given a size all the same, and
            // nothing says that it was meant.
            SizeBytes = -1;
            return NotJson;
        }
    }

    private CommandResult ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return NotJson;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadField(ref reader);
        }

        // Reads to the end, so that content after the object is a fault.
        reader.Read();
        if (_isSizeWrong || SizeBytes < 0)
        {
            SizeBytes = -1;
            return NoSize;
        }

        if (!_fault.IsOk)
        {
            return _fault;
        }

        if (!FileHash.TryParse(System.Text.Encoding.UTF8.GetBytes(_hash ?? ""), out var hash))
        {
            return CommandResult.Error(ErrorCode.BadField, "the field hash must be null, or an MD5 or SHA-256 in hexadecimal");
        }

        Hash = hash;
        return string.IsNullOrEmpty(Name) ? CommandResult.Error(ErrorCode.MissingField, "the field filename is missing")
            : CommandResult.Ok();
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("data_size"u8))
        {
            ReadSize(ref reader);
        }
        else if (reader.ValueTextEquals("hash"u8))
        {
            Require(!_hasHash, "hash is given twice");
            _hasHash = true;
            _hash = ReadText(ref reader, "hash");
        }
        else if (reader.ValueTextEquals("filename"u8))
        {
            Require(Name is null, "filename is given twice");
            Name = ReadText(ref reader, "filename");
        }
        else if (reader.ValueTextEquals("password"u8))
        {
            Require(Password is null, "password is given twice");
            Password = ReadText(ref reader, "password");
        }
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    private void ReadSize(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var size) && size is >= 0 and <= MaxNumber)
        {
            // Neither of two sizes can be trusted.
            _isSizeWrong |= SizeBytes >= 0;
            SizeBytes = size;
            return;
        }

        _isSizeWrong = true;
        reader.Skip();
    }

    private string? ReadText(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Require(reader.TokenType == JsonTokenType.String, $"{name} must be a string");
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // GetString reports a lone surrogate only by this exception.
            Require(false, $"{name} contains half a surrogate pair");
            return null;
        }
    }

    private void Require(bool isMet, string what)
    {
        if (!isMet && _fault.IsOk)
        {
            _fault = CommandResult.Error(ErrorCode.BadField, $"the field {what}");
        }
    }
}
