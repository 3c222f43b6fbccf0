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
}
