using System.Buffers.Text;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Protocols.Line;

/// <summary>
/// The protocol for people at a terminal. A plain line goes to the current room, and <c>/</c> begins a command. <c>//</c> sends a line that
/// begins with a slash. See docs/protocols/line.md.
/// </summary>
public sealed class LineProtocol : ICommandProtocol
{
    private const byte Slash = (byte)'/';
    private const byte Space = (byte)' ';
    private const string LikeIrc = "this looks like an IRC client's line, but this connection speaks plain text: it was dropped";

    private readonly LineWireFormat _oneRoom;
    private readonly LineWireFormat _manyRooms;

    /// <summary>Creates the protocol.</summary>
    /// <param name="limits">The limits of lines; null for the defaults.</param>
    /// <param name="framing">Separates the lines on the wire; null for LF after each, with support for telnet clients.</param>
    /// <param name="name">The protocol's name.</param>
    public LineProtocol(Replaceable<FrameLimits>? limits = null, IFraming? framing = null, string name = "line")
    {
        Name = name;
        Framing = framing ?? new LineFraming(limits ?? new FrameLimits(), "\n"u8, knowsTelnet: true);
        _oneRoom = new LineWireFormat(showsRoom: false, Framing);
        _manyRooms = new LineWireFormat(showsRoom: true, Framing);
        Answers = new LineAnswers(Framing);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool PingsIdleClients => false;

    /// <inheritdoc/>
    public IFraming Framing { get; }

    /// <inheritdoc/>
    public IWireFormat FormatFor(int rooms) => rooms > 1 ? _manyRooms : _oneRoom;

    /// <inheritdoc/>
    public bool TakesUnfinishedText => Framing is LineFraming;

    /// <inheritdoc/>
    public IQueryAnswers Answers { get; }

    /// <inheritdoc/>
    public CommandResult Parse(Span<byte> frame, out Command command)
    {
        command = default;
        if (!ChatText.IsUtf8(frame))
        {
            return CommandResult.Error(ErrorCode.NotUtf8, "the line is not UTF-8: it was dropped");
        }

        if (frame.IsEmpty)
        {
            return CommandResult.Ok();
        }

        if (frame[0] != Slash || (frame.Length > 1 && frame[1] == Slash))
        {
            command.Kind = CommandKind.Say;
            command.Text = frame[0] == Slash ? frame[1..] : frame;
            return CommandResult.Ok();
        }

        return ParseCommand(frame[1..], out command);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Drops the secrets of an IRC client that came to the wrong port or began too late, even after other lines of such a client.
    /// </remarks>
    public CommandResult CheckFirst(ReadOnlySpan<byte> frame, out bool isBeginning)
    {
        var isSecret = IrcFirstLine.IsSecret(frame);
        isBeginning = frame.IsEmpty || isSecret || IrcFirstLine.IsOther(frame);
        return isSecret ? CommandResult.Error(ErrorCode.BadField, LikeIrc) : CommandResult.Ok();
    }

    /// <inheritdoc/>
    public ProtocolMatch DetectForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign) =>
        ForeignProtocols.Detect(Framing, first, Framing.MaxBytes, isCut, out foreign);

    /// <inheritdoc/>
    public CommandResult Describe(DecodeStatus status) => status switch
    {
        DecodeStatus.Empty => CommandResult.Error(ErrorCode.EmptyFrame, "a frame of length 0: a frame contains one line"),
        DecodeStatus.Overrun => CommandResult.Error(
            ErrorCode.TooLong, Framing.BeginsWithText
                ? $"no end of line within {Framing.MaxBytes * FrameLimits.OverrunFactor} bytes: goodbye"
                : "the first two bytes are letters and not the length of a message: goodbye"),
        _ => CommandResult.Error(ErrorCode.TooLong, $"the line is longer than {Framing.MaxBytes} bytes: it was dropped"),
    };

    private static CommandResult ParseCommand(Span<byte> line, out Command command)
    {
        command = default;
        var space = line.IndexOf(Space);
        ReadOnlySpan<byte> name = space < 0 ? line : line[..space];
        var arguments = space < 0 ? [] : line[space..].TrimEnd(Space);
        if (LineCommands.Find(name) is not { } info)
        {
            return LineCommands.Unknown(name);
        }

        command.Kind = info.Kind;
        return Fill(ref command, arguments, info);
    }

    // The arguments include the space before them, so that a '#' can replace it.
    private static CommandResult Fill(scoped ref Command command, Span<byte> arguments, CommandInfo info)
    {
        var text = arguments.TrimStart(Space);
        ReadOnlySpan<byte> rest = text;
        switch (info.Kind)
        {
            case CommandKind.Nick or CommandKind.WhoIs:
                command.Nick = text;
                return text.IsEmpty ? Missing("the nick", info) : CommandResult.Ok();
            case CommandKind.Join:
                command.Room = WithHash(arguments);
                command.Key = ReadKey(ref command.Room);
                return text.IsEmpty ? Missing("the room", info) : CommandResult.Ok();
            case CommandKind.Topic or CommandKind.Modes or CommandKind.Kick or CommandKind.Invite or CommandKind.Override:
                return FillWithRoom(ref command, text, info);
            case CommandKind.Get:
                return Utf8Parser.TryParse(text, out command.Number, out var read) && read == text.Length && command.Number > 0
                    ? CommandResult.Ok()
                    : CommandResult.Error(ErrorCode.BadField, "/get takes the number of a file, such as /get 7; /files lists them");
            case CommandKind.Part or CommandKind.Who or CommandKind.Files:
                command.Room = WithHash(arguments);
                return CommandResult.Ok();
            case CommandKind.Message or CommandKind.Oper or CommandKind.Kill:
                return FillTwo(ref command, text, info);
            case CommandKind.Act or CommandKind.Pass or CommandKind.Wallops:
                command.Text = text;
                return text.IsEmpty ? Missing(info.Kind == CommandKind.Pass ? "the password" : "the text", info) : CommandResult.Ok();
            case CommandKind.History:
                return FillHistory(ref command, arguments);
            case CommandKind.Run:
                command.Nick = ChatText.ReadWord(ref rest);
                var isCut = ArgumentWords.TryCut(arguments[(arguments.Length - text.Length + command.Nick.Length)..], out var words);
                command.Arguments = words;
                return isCut ? CommandResult.Ok() : ArgumentWords.Wrong;
            case CommandKind.Help:
                command.Text = text;
                return CommandTable.CheckHelpTopic(text, LineCommands.FindTopic(text), LineCommands.Names);
            default:
                command.Text = text;
                command.HasText = !text.IsEmpty;
                return CommandResult.Ok();
        }
    }

    // The first is a nick or an operator's name, the second a text or a password.
    private static CommandResult FillTwo(scoped ref Command command, ReadOnlySpan<byte> text, CommandInfo info)
    {
        var end = text.IndexOf(Space);
        command.Nick = end < 0 ? text : text[..end];
        command.Text = end < 0 ? [] : text[(end + 1)..];
        command.TellsAway = true;
        command.ShowsSent = true;
        var isOper = info.Kind == CommandKind.Oper;
        return command.Nick.IsEmpty ? Missing(isOper ? "the name" : "the nick", info)
            : command.Text.IsEmpty && info.Kind != CommandKind.Kill ? Missing(isOper ? "the password" : "the text", info)
            : CommandResult.Ok();
    }

    // Free words may follow here, so only its '#' shows a room. A nick or a mode never begins with one.
    private static CommandResult FillWithRoom(scoped ref Command command, ReadOnlySpan<byte> text, CommandInfo info)
    {
        if (text.StartsWith("#"u8))
        {
            command.Room = ChatText.ReadWord(ref text);
        }

        if (info.Kind == CommandKind.Topic)
        {
            command.Text = text;
            command.HasText = !text.IsEmpty;
            return CommandResult.Ok();
        }

        if (info.Kind == CommandKind.Modes)
        {
            return FillModes(ref command, text, info);
        }

        command.Nick = ChatText.ReadWord(ref text);
        command.Text = text;
        return command.Nick.IsEmpty ? Missing("the nick", info)
            : text.IsEmpty || info.Kind == CommandKind.Kick ? CommandResult.Ok() : TooMany(info);
    }

    private static CommandResult FillModes(scoped ref Command command, ReadOnlySpan<byte> text, CommandInfo info)
    {
        if (info.ModeChange.Length > 0)
        {
            var parameter = ChatText.ReadWord(ref text);
            command.Text = (byte[])[.. Encoding.ASCII.GetBytes(info.ModeChange), Space, .. parameter];
            return !text.IsEmpty ? TooMany(info)
                : parameter.IsEmpty && info.ModeChange != "+b" ? Missing(info.ModeChange == "-b" ? "the mask" : "the nick", info)
                : CommandResult.Ok();
        }

        // A mistyped room must not become a change of modes. The letter of a list alone shows the list.
        command.Text = text;
        return text.IsEmpty || text[0] is (byte)'+' or (byte)'-' || text.SequenceEqual("b"u8) || text.SequenceEqual("e"u8)
            || text.SequenceEqual("I"u8)
            ? CommandResult.Ok()
            : CommandResult.Error(ErrorCode.BadField,
                "modes begin with + or -, such as /mode +t; a room begins with #, such as /mode #tea +t; /help mode lists the modes");
    }

    private static CommandResult FillHistory(scoped ref Command command, Span<byte> arguments)
    {
        ReadOnlySpan<byte> count = arguments.TrimStart(Space);
        if (!count.IsEmpty && count[0] is not ((>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-'))
        {
            count = WithHash(arguments);
            command.Room = ChatText.ReadWord(ref count);
        }

        return count.IsEmpty
            || (Utf8Parser.TryParse(count, out command.Limit, out var used) && used == count.Length && command.Limit > 0)
            ? CommandResult.Ok()
            : CommandResult.Error(ErrorCode.BadField, "/history takes a whole number from 1, such as /history 20");
    }

    // The rest after the room's name is its key.
    private static ReadOnlySpan<byte> ReadKey(scoped ref ReadOnlySpan<byte> room)
    {
        var key = room;
        room = ChatText.ReadWord(ref key);
        return key;
    }

    private static Span<byte> WithHash(Span<byte> arguments)
    {
        var name = arguments.TrimStart(Space);
        if (name.IsEmpty || name[0] == (byte)'#')
        {
            return name;
        }

        var withSpace = arguments[(arguments.Length - name.Length - 1)..];
        withSpace[0] = (byte)'#';
        return withSpace;
    }

    private static CommandResult Missing(string what, CommandInfo info) =>
        CommandResult.Error(ErrorCode.MissingField, $"{what} is missing: {Encoding.ASCII.GetString(info.LineSyntax)}");

    private static CommandResult TooMany(CommandInfo info) =>
        CommandResult.Error(ErrorCode.BadField, $"too many words: {Encoding.ASCII.GetString(info.LineSyntax)}; a room begins with #");
}
