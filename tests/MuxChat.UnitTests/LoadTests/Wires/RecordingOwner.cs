using System.Text;
using MuxChat.LoadTests.Wires;

namespace MuxChat.UnitTests.LoadTests.Wires;

/// <summary>Records what a wire gives to its client and to the connection.</summary>
internal sealed class RecordingOwner : IWireOwner
{
    private readonly List<byte> _sent = [];

    /// <summary>The lines received.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The reason of the failure; null without one.</summary>
    public string? Failure { get; private set; }

    public void OnLine(ReadOnlySpan<byte> line) => Lines.Add(Encoding.UTF8.GetString(line));

    public void SendBytes(ReadOnlySpan<byte> bytes) => _sent.AddRange(bytes);

    public void Fail(string why) => Failure = why;

    /// <summary>Returns the bytes sent since the last call.</summary>
    public byte[] ReadSent()
    {
        byte[] sent = [.. _sent];
        _sent.Clear();
        return sent;
    }

    /// <summary>Gives a wire bytes in two pieces. It must use up all of them.</summary>
    public void Feed(IWire wire, byte[] first, byte[] second)
    {
        var used = wire.Receive(first, this);
        byte[] rest = [.. first.AsSpan(used), .. second];
        Assert.Equal(rest.Length, wire.Receive(rest, this));
    }

    /// <summary>Gives the same bytes to new wires, cut at each place, and checks the lines that they make.</summary>
    /// <param name="create">Makes a wire that is open.</param>
    /// <param name="bytes">What the server sends.</param>
    /// <param name="lines">The lines for the client.</param>
    public void AssertHears(Func<IWire> create, byte[] bytes, string[] lines)
    {
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var wire = create();
            Lines.Clear();
            Feed(wire, bytes[..cut], bytes[cut..]);
            Assert.Equal(lines, Lines);
            Assert.Null(Failure);
        }
    }
}
