using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// One IRC client: where it is in logging in, what it can, and the answers that go on. The commands themselves stand beside, by subject.
/// </summary>
internal sealed class IrcProtocolHandler(IrcProtocol protocol, IHandlerHost host, IrcLine line) : IProtocolHandler
{
    /// <summary>A client that is not in after this long, in milliseconds, is let go: 30,000.</summary>
    private const int LoginMs = 30_000;

    /// <summary>Lines of an answer that goes on, in one part.</summary>
    private const int LinesPerPart = 8;

    private const IrcCaps Labels = IrcCaps.Batch | IrcCaps.LabeledResponse;

    private IrcReply? _reply;
    private int _batches;

    public Session? Session { get; set; }

    public bool IsOver { get; set; }

    public int Cost { get; set; }

    public bool IsForLogin { get; set; }

    public int PatienceMs => Session is null ? LoginMs : 0;

    public bool HasMore => Session is { HasMore: true };

    public IHandlerHost Host { get; } = host;

    public ChatHub Hub => Host.Hub;

    /// <summary>The way to the client: for the answer to a command with a label, the one that puts it there.</summary>
    public IClientOutput Output => _reply ?? Host.Output;

    /// <summary>What the client has said so far to log in.</summary>
    public LoginState Login { get; } = new();

    /// <summary>The capabilities that are on.</summary>
    public IrcCaps Caps { get; private set; }

    /// <summary>The name replies are addressed to: an asterisk before there is a nick.</summary>
    public ReadOnlySpan<byte> Nick => Session is not null ? Session.Nick : Login.Nick.Length > 0 ? Login.Nick : "*"u8;

    public FrameResult HandleFrame(Span<byte> frame)
    {
        Cost = 1;
        IsForLogin = Session is null;
        return Ended(Execute(frame));
    }

    public FrameResult Refuse(DecodeStatus status) => Ended(RefuseLong());

    public FrameResult WriteMore()
    {
        Host.Output.Redirect(_reply);
        try
        {
            for (var i = 0; i < LinesPerPart && HasMore; i++)
            {
                Session!.WritePart();
            }
        }
        finally
        {
            Host.Output.Redirect(null);
        }

        EndReply();
        return default;
    }

    /// <summary>What this line's tags hold for other clients, if this one knows tags. It holds until the next line.</summary>
    public ReadOnlySpan<byte> TagsOf(in IrcMessage message) => (Caps & IrcCaps.MessageTags) == 0 || message.Tags.IsEmpty ? default : protocol.ClientOnly(message.Tags);

    /// <summary>Starts a numeric reply to this client.</summary>
    public IrcLine Reply(int numeric) => line.Numeric(numeric, Nick);

    /// <summary>Starts a line.</summary>
    public IrcLine Line() => line.Begin();

    /// <summary>
    /// What is answered from now on to this command, and goes on, is a batch of that type (IRCv3 batch), for those who know batches.
    /// </summary>
    /// <param name="type">The type.</param>
    /// <param name="about">Its parameter; empty for none.</param>
    public void OpenBatch(ReadOnlySpan<byte> type, ReadOnlySpan<byte> about)
    {
        if ((Caps & IrcCaps.Batch) != 0)
        {
            _reply ??= NewReply(label: null);
            _reply.Open(type, about);
        }
    }

    /// <summary>Answers with an error and says that the client got it wrong.</summary>
    public CommandResult ReplyError(int numeric, ReadOnlySpan<byte> what, string why, ErrorCode code = ErrorCode.BadField)
    {
        var reply = Reply(numeric);
        if (!what.IsEmpty)
        {
            reply.Param(IrcText.Shown(what));
        }

        reply.Last(why).SendTo(Output);
        return CommandResult.Error(code, why);
    }

    /// <summary>Refuses with a FAIL (IRCv3 standard replies), or a notice for those who do not know it.</summary>
    public CommandResult Fail(ReadOnlySpan<byte> command, ReadOnlySpan<byte> word, ErrorCode code, string why)
    {
        if ((Caps & IrcCaps.StandardReplies) != 0)
        {
            Line().Put("FAIL "u8).Put(command).Param(word).Last(why).SendTo(Output);
        }
        else
        {
            Line().Put(":"u8).Put(IrcServer.Name).Put(" NOTICE "u8).Put(Nick).Last(why).SendTo(Output);
        }

        return CommandResult.Error(code, why);
    }

    /// <summary>Switches capabilities on and off.</summary>
    public void Use(IrcCaps caps)
    {
        Caps = caps;
        Output.Use(protocol.FormatsFor(caps));
        if (Session is not null)
        {
            Hub.Watch.SetExtended(Session, (caps & IrcCaps.ExtendedMonitor) != 0);
        }
    }

    private FrameResult Ended(CommandResult result) =>
        new() { Result = result, Cost = Cost, IsForLogin = IsForLogin, IsOver = IsOver };

    private CommandResult Execute(Span<byte> frame)
    {
        if (!ChatText.IsUtf8(frame))
        {
            return Fail("*"u8, "INVALID_UTF8"u8, ErrorCode.NotUtf8, "the line is not UTF-8: it was dropped");
        }

        if (frame.Contains((byte)0) || frame.Contains((byte)'\r'))
        {
            return Fail("*"u8, "INVALID_LINE"u8, ErrorCode.ControlCharacter, "the line contains a NUL or a CR: it was dropped");
        }

        if (IsTooLong(frame))
        {
            return RefuseLong();
        }

        var message = IrcMessage.Parse(Plain(frame));
        if (message.Command.IsEmpty)
        {
            return CommandResult.Ok();
        }

        if ((Caps & Labels) != Labels || IrcTags.Label(message.Tags) is not { } label)
        {
            return Dispatch(message);
        }

        _reply = NewReply(label);
        CommandResult result;
        Host.Output.Redirect(_reply);
        try
        {
            result = Dispatch(message);
        }
        finally
        {
            Host.Output.Redirect(null);
        }

        EndReply();
        return result;
    }

    private CommandResult RefuseLong()
    {
        Reply(IrcNumeric.InputTooLong).Last("Input line was too long").SendTo(Output);
        return CommandResult.Error(ErrorCode.TooLong, "the line is too long");
    }

    private CommandResult Dispatch(in IrcMessage message)
    {
        var command = IrcCommands.Find(message.Command);
        if (Session is null && command is not { IsForAll: true })
        {
            return ReplyError(IrcNumeric.NotRegistered, default, "You have not registered", ErrorCode.UnknownCommand);
        }

        if (command is null)
        {
            return ReplyError(IrcNumeric.UnknownCommand, Shown(message.Command), "Unknown command", ErrorCode.UnknownCommand);
        }

        Cost = command.Cost;
        IsForLogin |= command.IsForLogin;
        var result = message.Count < command.MinParameters
            ? ReplyError(IrcNumeric.NeedMoreParams, command.Name, "Not enough parameters", ErrorCode.MissingField)
            : command.Handler(this, message);
        IsForLogin &= result.IsOk;
        return result;
    }

    // Tags are no text: formatting is taken out of what stands behind them.
    private static Span<byte> Plain(Span<byte> frame)
    {
        var tags = frame.StartsWith("@"u8) ? Math.Max(0, frame.IndexOf((byte)' ')) : 0;
        return frame[..(tags + IrcText.StripFormatting(frame[tags..]).Length)];
    }

    private IrcReply NewReply(byte[]? label) => new(Host.Output, protocol, Caps, label, ++_batches);

    // An answer that goes on is a batch, however few lines it turns out to have.
    private void EndReply()
    {
        if (_reply is not null && HasMore)
        {
            _reply.Continue();
        }
        else if (_reply is not null)
        {
            _reply.End();
            _reply = null;
        }
    }

    // A command is letters or three digits: what else a client puts there is shown to nobody, itself included.
    private static ReadOnlySpan<byte> Shown(ReadOnlySpan<byte> command) =>
        command.Length <= 32 && !command.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? command : "*"u8;

    private bool IsTooLong(ReadOnlySpan<byte> frame)
    {
        var tags = frame.StartsWith("@"u8) ? frame.IndexOf((byte)' ') + 1 : 0;
        return tags > IrcProtocol.MaxTagBytes || frame.Length - tags > IrcLine.MaxBytes - 2
            || (tags > IrcProtocol.MaxPassedTagBytes && protocol.ClientOnly(frame[1..(tags - 1)]).Length > IrcProtocol.MaxPassedTagBytes);
    }

    /// <summary>What a client has said so far to log in.</summary>
    internal sealed class LoginState
    {
        /// <summary>The nick; empty before one was accepted.</summary>
        public byte[] Nick { get; set; } = [];

        /// <summary>The user name; empty before there was one.</summary>
        public byte[] User { get; set; } = [];

        public byte[] RealName { get; set; } = [];

        /// <summary>Whether the password it gave last is the server's.</summary>
        public bool IsPasswordRight { get; set; }

        /// <summary>Whether it knows version 302 of the negotiation: then cap-notify stays on.</summary>
        public bool KnowsCap302 { get; set; }

        /// <summary>Whether capabilities are being negotiated: the client is in no sooner than it says that it has done.</summary>
        public bool IsNegotiating { get; set; }
    }
}
