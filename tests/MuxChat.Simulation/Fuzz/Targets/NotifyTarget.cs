using System.Text;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Notify;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>
/// Any datagram to a room with witnesses of every protocol: they are told the text that the model says, under the sender's name, or
/// nothing.
/// </summary>
internal sealed class NotifyTarget : IFuzzTarget
{
    private const string Key = "s3crét";

    private static readonly string[] Addresses = ["localhost", "192.0.2.7", "255.255.255.255", "2001:db8:0:ffff", "0:0:0:0"];

    private static readonly string[] Words =
        ["backup done", Key, Key + " ", " ", "\t", "\r\n", "\u0085", "\u009f", "\u007f", "\0", "世界", "👋", "\uFFFD", "x"];

    private readonly FuzzChat _chat = new();
    private readonly ObservedOutput _heard = new();

    public string Name => "notify";

    public void Generate(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(3))
        {
            input.Put(Key);
            input.Put((byte)' ');
        }

        for (var parts = random.Next(6); parts > 0; parts--)
        {
            switch (random.Next(5))
            {
                case 0:
                    Grammar.PutNoise(random, input);
                    break;
                case 1:
                    Grammar.PutWord(random, input);
                    break;
                case 2 when random.OneIn(2):
                    Grammar.PutRun(random, input);
                    break;
                default:
                    input.Put(random.Pick(Words));
                    break;
            }
        }
    }

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        var key = random.OneIn(2) ? "" : Key;
        var room = random.OneIn(8) ? "#alerts" : "#lobby";
        var address = random.Pick(Addresses);
        _heard.Clear();
        _chat.Open(_heard);
        _heard.Clear();
        var service = new NotifyDatagrams(_chat.Hub, Encoding.UTF8.GetBytes(room), Encoding.UTF8.GetBytes(key));
        byte[] datagram = [.. input];
        var result = service.Handle(datagram, new Sender(address));
        _chat.Close();
        var text = ReferenceNotify.TextOf(input, Encoding.UTF8.GetBytes(key), FuzzChat.MaxTextBytes);
        var isRight = ReferenceNotify.HasKey(input, Encoding.UTF8.GetBytes(key));
        var expected = !isRight ? DatagramResult.WrongKey : text.Length == 0 ? DatagramResult.Refused : DatagramResult.Done;
        return Compare(result, expected, text, room == "#lobby", address) ?? _heard.WhatIsWrong();
    }

    private string? Compare(DatagramResult result, DatagramResult expected, byte[] text, bool isHeard, string address)
    {
        if (result != expected)
        {
            return $"{result}, and the model says {expected}: {Convert.ToHexString(text)}";
        }

        if (text.Length > FuzzChat.MaxTextBytes || !ReferenceUtf8.IsText(text))
        {
            return $"the model is wrong: {Convert.ToHexString(text)}";
        }

        byte[] line = text.Length == 0 || !isHeard ? [] : [.. Encoding.UTF8.GetBytes($"<udp/{address}> "), .. text, (byte)'\n'];
        return _heard.Lines.Bytes.SequenceEqual(line)
            ? CheckOthers(isSaid: line.Length > 0)
            : $"the witness on lines gets {Convert.ToHexString(_heard.Lines.Bytes)}, and is to get {Convert.ToHexString(line)}";
    }

    private string? CheckOthers(bool isSaid)
    {
        var areTold = (_heard.Frames.Length > 0) == isSaid && (_heard.Irc.Length > 0) == isSaid && (_heard.Tagged.Length > 0) == isSaid;
        return areTold
            ? null : $"said: {isSaid}, and the others get {_heard.Frames.Length}, {_heard.Irc.Length}, {_heard.Tagged.Length} bytes";
    }

    private sealed class Sender(string address) : IDatagramSender
    {
        public int Port => 40_000;

        public string DescribeAddress() => address;

        public byte[] DescribeHost() => "abcdefghijkl.ip"u8.ToArray();
    }
}
