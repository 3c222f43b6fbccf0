using MuxChat.Core.Chat.Operators;

namespace MuxChat.Core.Protocols.Json;

/// <summary>Writes a program's output as <c>output</c> messages with the bytes in Base64, and a <c>ran</c> message at the end.</summary>
internal sealed class JsonRunWriter(JsonRuns runs, IClientOutput output, string name, byte[] id) : IRunWriter
{
    public int Write(ProgramStream stream, ReadOnlySpan<byte> bytes)
    {
        output.SendAsIs(runs.Output(stream, bytes, id));
        return bytes.Length;
    }

    public void End(RunEnd end) => output.SendAsIs(runs.Ran(name, end, id));
}
