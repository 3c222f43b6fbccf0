using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>
/// A whole conversation with four witnesses in the room: it and they are told the same however the bytes come, what the witnesses are told
/// is well formed and forged by nobody, and no more is held back than a frame may have.
/// </summary>
internal sealed class ProtocolConnectionTarget : IFuzzTarget
{
    // A line of the limit, an unfinished telnet command, a frame of the limit; on IRC a line with its tags.
    private const int MaxHeldBytes = 700;
    private const int MaxHeldOnIrc = 9_300;

    private readonly FuzzChat _chat = new();
    private readonly ObservedOutput _whole = new();
    private readonly ObservedOutput _pieces = new();
    private byte[] _bytes = new byte[1024];

    public string Name => "conversation";

    public void Generate(FuzzRandom random, InputBuffer input)
    {
        switch (random.Next(8))
        {
            case 0:
                Grammar.PutNoise(random, input);
                break;
            case 1 or 2:
                Grammar.PutFrames(random, input);
                break;
            case 3 or 4 or 5:
                IrcGrammar.PutLines(random, input);
                break;
            default:
                Grammar.PutLines(random, input);
                break;
        }
    }

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        var protocol = random.Pick([null, _chat.Line, _chat.Frame, (IProtocol)_chat.Irc]);
        var wrong = Play(protocol, input, 0, random, _whole) ?? _whole.WhatIsWrong();

        // One other way a time: over many inputs all come about.
        var way = random.Next(1, StreamCutter.Ways);
        wrong ??= Play(protocol, input, way, random, _pieces);
        if (wrong is not null)
        {
            return wrong;
        }

        return _pieces.IsSameAs(_whole) ? null : $"{protocol?.Name ?? "auto"}: whole gives {_whole}, in pieces (way {way}) {_pieces}";
    }

    private string? Play(IProtocol? protocol, ReadOnlySpan<byte> input, int way, FuzzRandom random, ObservedOutput heard)
    {
        if (_bytes.Length < input.Length)
        {
            _bytes = new byte[input.Length * 2];
        }

        input.CopyTo(_bytes);
        heard.Clear();
        _chat.Open(heard);
        var client = _chat.Start(protocol, heard.Own);
        int start = 0, end = 0;
        while (end < input.Length && client.Ending == CloseReason.None)
        {
            end += StreamCutter.Next(way, random, input.Length - end, input.Length);
            var wrong = Feed(client, protocol is null or IrcProtocol ? MaxHeldOnIrc : MaxHeldBytes, _bytes.AsSpan(0, end), ref start);
            if (wrong is not null)
            {
                return wrong;
            }
        }

        if (client.Ending == CloseReason.None)
        {
            client.End(CloseReason.EndOfInput);
        }

        heard.Ending = client.Ending;
        _chat.Close();
        return null;
    }

    private string? Feed(ProtocolConnection client, int mostHeld, Span<byte> received, ref int start)
    {
        client.NoteInput();
        while (true)
        {
            var status = client.Feed(received[start..], out var consumed);
            if (consumed < 0 || consumed > received.Length - start)
            {
                return $"{consumed} bytes consumed of {received.Length - start}";
            }

            start += consumed;
            _chat.Deliver();
            switch (status)
            {
                case FeedStatus.NeedMore when received.Length - start > mostHeld:
                    return $"{received.Length - start} bytes are held back";
                case FeedStatus.NeedMore or FeedStatus.Ended:
                    return null;
                case FeedStatus.FloodPaused:
                    return "paused for flooding, which is off";
            }
        }
    }
}
