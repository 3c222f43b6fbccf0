namespace MuxChat.EndToEndTests.Web;

/// <summary>What must come back next. <see cref="WebCheck"/> has the rules that hold for every answer.</summary>
public abstract record WebAnswer;

/// <summary>A response of HTTP.</summary>
/// <param name="Status">Its status code.</param>
public sealed record HttpAnswer(int Status) : WebAnswer
{
    /// <summary>Field lines that it has, word for word; a value of <c>...</c> stands for any.</summary>
    public string[] Has { get; init; } = [];

    /// <summary>Names of fields that it has not.</summary>
    public string[] Lacks { get; init; } = [];

    /// <summary>Whether it answers HEAD, so that no body follows.</summary>
    public bool IsOfHead { get; init; }

    /// <summary>The coding of its content as the page is stored; null if that does not matter.</summary>
    public string? Page { get; init; }
}

/// <summary>A frame of a WebSocket.</summary>
/// <param name="Opcode">Its opcode.</param>
/// <param name="Content">Its content, a byte each letter.</param>
public sealed record FrameAnswer(int Opcode, string Content) : WebAnswer;

/// <summary>The close frame.</summary>
/// <param name="Code">Its code; null for none.</param>
public sealed record CloseAnswer(int? Code) : WebAnswer;

/// <summary>The state of the connection after the last answer.</summary>
public enum WebEnd
{
    /// <summary>It is open: a further request, or a ping, is answered.</summary>
    Stays,

    /// <summary>The server closes it, in order, and says nothing more.</summary>
    Closes,

    /// <summary>The server waits for the rest. It closes when the client does, and says nothing more.</summary>
    Waits,
}
