using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>A protocol in which every frame asks one thing and is answered once. The client is in as soon as its protocol is known, and its
/// password where the server has one.</summary>
public interface ICommandProtocol : IProtocol
{
    /// <inheritdoc/>
    IDialogue IProtocol.Begin(IDialogueHost host) => host.Password is null ? new CommandDialogue(this, host) : new PasswordDialogue(this, host, host.Password);

    /// <summary>
    /// Tells what a frame asks. The command's spans point into <paramref name="frame"/> (which may be changed in place) or into scratch memory of the
    /// protocol, and hold until the next call.
    /// </summary>
    /// <returns>Done, or why the frame is no command.</returns>
    CommandResult Parse(Span<byte> frame, out Command command);

    /// <summary>Looks at the first frame of a client before it is parsed: it may be one that was meant for another protocol.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isBeginning">Whether the next frame is to be looked at like this one.</param>
    /// <returns>Done, or why the frame is not carried out.</returns>
    CommandResult CheckFirst(ReadOnlySpan<byte> frame, out bool isBeginning)
    {
        isBeginning = false;
        return CommandResult.Done();
    }

    /// <summary>What to tell a client whose bytes are no frame: for every status but NeedMore and Frame.</summary>
    CommandResult Describe(DecodeStatus status);
}
