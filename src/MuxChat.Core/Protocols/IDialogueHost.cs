using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols;

/// <summary>What a dialogue works with.</summary>
public interface IDialogueHost
{
    /// <summary>The chat.</summary>
    ChatHub Hub { get; }

    /// <summary>The time.</summary>
    TickClock Clock { get; }

    /// <summary>The way to the client.</summary>
    IClientOutput Output { get; }

    /// <summary>What everybody must give to be let in; null when nothing is asked.</summary>
    ServerPassword? Password { get; }

    /// <summary>Answers a request, once what it did is as durable as was asked for.</summary>
    /// <param name="session">Whose request it was; null before the client is in.</param>
    /// <param name="id">How the client named it; empty for none: what was done is then not answered.</param>
    /// <param name="result">How it ended.</param>
    void Answer(Session? session, ReadOnlySpan<byte> id, in CommandResult result);
}
