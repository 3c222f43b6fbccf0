using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// One IRC client: its login state, its capabilities, and its unfinished answers. The commands are in classes by subject.
/// </summary>
internal sealed class IrcProtocolHandler(IrcProtocol protocol, IHandlerHost host, IrcLine line) : IProtocolHandler
{
    /// <summary>Milliseconds for a client to register: 30,000. After that it is closed.</summary>
    private const int LoginMs = 30_000;

    /// <summary>Lines of an unfinished answer written in one part.</summary>
    private const int LinesPerPart = 8;

    private const IrcCaps Labels = IrcCaps.Batch | IrcCaps.LabeledResponse;

    private IrcReply? _reply;
    private int _batches;
    private bool _hasCommanded;

    public Session? Session { get; set; }

    /// <summary>The client's person. Valid only after login, while <see cref="Session"/> is not null.</summary>
    public Person Person => Session!.Person;

    public bool IsOver { get; set; }

    public int Cost { get; set; }

    public bool IsForLogin { get; set; }

    public int PatienceMs => Session is null ? LoginMs : 0;

    public bool HasMore => Session is { HasMore: true };

    public bool IsAnswerReady => Session is null || Session.IsAnswerReady;

    public IHandlerHost Host { get; } = host;

    public ChatHub Hub => Host.Hub;

    /// <summary>The output to the client. While a labelled command runs, this is the reply that adds the label.</summary>
    public IClientOutput Output => _reply ?? Host.Output;

    /// <summary>Receives the client's own private messages; null if it does not want to see them (IRCv3 echo-message).</summary>
    public IRecipient? Echo => (Caps & IrcCaps.EchoMessage) == 0 ? null : Output;

    /// <summary>The login state of a client that is not registered yet.</summary>
    public LoginState Login { get; } = new();

    /// <summary>The server's names.</summary>
    public IrcServer Server => protocol.Server;

    /// <summary>The policy that sends clients to TLS; null for none.</summary>
    public StsPolicy? Sts => protocol.Sts;

    /// <summary>Whether the command that is being handled is the client's first.</summary>
    public bool IsFirstCommand { get; private set; }

    /// <summary>The enabled capabilities.</summary>
    public IrcCaps Caps { get; private set; }

    /// <summary>The name that replies are addressed to: the nick, or an asterisk before there is one.</summary>
    public ReadOnlySpan<byte> Nick => Session is not null ? Person.Nick : Login.Nick.Length > 0 ? Login.Nick : "*"u8;

    public FrameResult HandleFrame(Span<byte> frame)
    {
        Cost = 1;
        IsForLogin = Session is null;
        return Ended(Execute(frame));
    }

    public void Abandon() => Session?.AbandonAnswers();

    public void Release() => Session?.DropAnswers();

    public FrameResult Refuse(DecodeStatus status) => Ended(RefuseLong());

    public FrameResult WriteMore()
    {
        Host.Output.Redirect(_reply);
        try
        {
            for (var i = 0; i < LinesPerPart && HasMore && IsAnswerReady; i++)
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

    /// <summary>Returns the tags of this line for other clients, if this client knows tags. Valid until the next line.</summary>
    public ReadOnlySpan<byte> TagsOf(in IrcMessage message) =>
        (Caps & IrcCaps.MessageTags) == 0 || message.Tags.IsEmpty ? default : protocol.ClientOnly(message.Tags);

    /// <summary>Starts a numeric reply to this client.</summary>
    public IrcLine Reply(int numeric) => line.Numeric(numeric, Nick);

    /// <summary>Starts an empty line.</summary>
    public IrcLine Line() => line.Begin();

    /// <summary>Puts the rest of this command's answer into a batch, if the client knows batches (IRCv3 batch).</summary>
    /// <param name="type">The batch type.</param>
    /// <param name="about">The batch parameter; empty for none.</param>
    /// <param name="tag">A tag of the batch; empty for none.</param>
    public void OpenBatch(ReadOnlySpan<byte> type, ReadOnlySpan<byte> about, ReadOnlySpan<byte> tag = default)
    {
        if ((Caps & IrcCaps.Batch) != 0)
        {
            _reply ??= NewReply(label: null);
            _reply.Open(type, about, tag);
        }
    }

    /// <summary>
    /// Puts lines of this command's answer into a batch of their own, until <see cref="EndInnerBatch"/>. The client knows batches.
    /// </summary>
    public void BeginInnerBatch(ReadOnlySpan<byte> type, ReadOnlySpan<byte> about)
    {
        _reply ??= new IrcReply(Host.Output, protocol, Caps, label: null, number: 0);
        _reply.BeginInner(type, about, ++_batches);
    }

    /// <summary>Ends that batch.</summary>
    public void EndInnerBatch() => _reply!.EndInner();

    /// <summary>Sends an error reply, and returns the error to be charged to the client.</summary>
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

    /// <summary>Answers a command that must wait until the login is complete.</summary>
    public CommandResult NotRegistered() =>
        ReplyError(IrcNumeric.NotRegistered, default, "You have not registered", ErrorCode.UnknownCommand);

    /// <summary>Sends a FAIL (IRCv3 standard replies), or a notice to a client that does not know FAIL.</summary>
    public CommandResult Fail(ReadOnlySpan<byte> command, ReadOnlySpan<byte> word, ErrorCode code, string why)
    {
        if ((Caps & IrcCaps.StandardReplies) != 0)
        {
            Line().Put("FAIL "u8).Put(command).Param(word).Last(why).SendTo(Output);
        }
        else
        {
            Line().Put(":"u8).Put(Server.Name).Put(" NOTICE "u8).Put(Nick).Last(why).SendTo(Output);
        }

        return CommandResult.Error(code, why);
    }

    /// <summary>Replaces the set of enabled capabilities.</summary>
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
        if ((Caps & Labels) != Labels || IrcTags.Label(IrcMessage.TagsOf(frame)) is not { } label)
        {
            return ExecuteLine(frame);
        }

        _reply = NewReply(label);
        CommandResult result;
        Host.Output.Redirect(_reply);
        try
        {
            result = ExecuteLine(frame);
            if (IsOver)
            {
                // The goodbye is the answer. The connection sends it next, through the reply.
                _reply.EndAtGoodbye();
                return result;
            }
        }
        finally
        {
            Host.Output.Redirect(IsOver ? _reply : null);
        }

        EndReply();
        return result;
    }

    private CommandResult ExecuteLine(Span<byte> frame)
    {
        if (IsTooLong(frame))
        {
            return RefuseLong();
        }

        if (!ChatText.IsUtf8(frame))
        {
            if (!IrcEncoding.TryMend(this, frame, out var mended))
            {
                return CommandResult.Error(ErrorCode.NotUtf8, "the line is not UTF-8");
            }

            frame = mended;
        }

        if (frame.Contains((byte)0) || frame.Contains((byte)'\r'))
        {
            return Fail("*"u8, "INVALID_LINE"u8, ErrorCode.ControlCharacter, "the line contains a NUL or a CR: it was dropped");
        }

        var message = IrcMessage.Parse(Plain(frame));
        return message.Command.IsEmpty ? CommandResult.Ok() : Dispatch(message);
    }

    private CommandResult RefuseLong()
    {
        Reply(IrcNumeric.InputTooLong).Last("Input line was too long").SendTo(Output);
        return CommandResult.Error(ErrorCode.TooLong, "the line is too long");
    }

    private CommandResult Dispatch(in IrcMessage message)
    {
        (IsFirstCommand, _hasCommanded) = (!_hasCommanded, true);
        var command = IrcCommands.Find(message.Command);
        if (Session is null && command is not { IsForAll: true })
        {
            return NotRegistered();
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

    // Tags are not text: formatting is removed only after them.
    private static Span<byte> Plain(Span<byte> frame)
    {
        var tags = frame.StartsWith("@"u8) ? Math.Max(0, frame.IndexOf((byte)' ')) : 0;
        return frame[..(tags + IrcText.StripFormatting(frame[tags..]).Length)];
    }

    private IrcReply NewReply(byte[]? label) => new(Host.Output, protocol, Caps, label, ++_batches);

    // An unfinished answer is a batch once it has a line, even if it ends with that line.
    private void EndReply()
    {
        if (_reply is not null && HasMore)
        {
            _reply.ShowBegun();
        }
        else if (_reply is not null)
        {
            _reply.End();
            _reply = null;
        }
    }

    /// <summary>
    /// Returns a command as an answer repeats it. A valid command is letters or three digits; what cannot be one is an asterisk.
    /// </summary>
    public static ReadOnlySpan<byte> Shown(ReadOnlySpan<byte> command) =>
        command.Length <= 32 && !command.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? command : "*"u8;

    private static bool IsTooLong(ReadOnlySpan<byte> frame)
    {
        var tags = frame.StartsWith("@"u8) ? frame.IndexOf((byte)' ') + 1 : 0;
        return tags > IrcProtocol.MaxTagBytes || frame.Length - tags > IrcLine.MaxContent;
    }

    /// <summary>The login state of a client that is not registered yet.</summary>
    internal sealed class LoginState
    {
        /// <summary>The nick; empty before one was accepted.</summary>
        public byte[] Nick { get; set; } = [];

        /// <summary>The user name; empty before USER.</summary>
        public byte[] User { get; set; } = [];

        public byte[] RealName { get; set; } = [];

        /// <summary>Whether the client's latest password is the server's.</summary>
        public bool IsPasswordRight { get; set; }

        /// <summary>Whether the client negotiates with version 302, under which cap-notify stays on.</summary>
        public bool KnowsCap302 { get; set; }

        /// <summary>Whether the client is negotiating capabilities. Its login waits for CAP END.</summary>
        public bool IsNegotiating { get; set; }
    }
}
