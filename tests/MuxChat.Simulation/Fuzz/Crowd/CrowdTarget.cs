using MuxChat.Core.Buffers;
using MuxChat.Core.Delivery;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>
/// Clients of every protocol in one chat, with rooms, modes, labels, histories, operators and all else there is, act in turn. Nothing
/// throws, what each is told is well formed, and when they have left nothing of them is left. It counts which commands were carried out.
/// </summary>
internal sealed class CrowdTarget : IFuzzTarget, ICoversCommands
{
    private Broadcaster? _broadcaster;

    public string Name => "crowd";

    public CommandCoverage Coverage { get; } = new();

    public void Generate(FuzzRandom random, InputBuffer input) => CrowdGrammar.PutScript(random, input);

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        // What has thrown has left something behind.
        var broadcaster = _broadcaster ?? new Broadcaster(new SegmentPool());
        _broadcaster = null;
        var chat = new CrowdChat(broadcaster, Coverage, input.IsEmpty ? 0 : input[0]);
        string? wrong = null;
        while (wrong is null && CrowdScript.TryTake(ref input, out var who, out var bytes))
        {
            who %= CrowdChat.Clients + 1;
            wrong = who == CrowdChat.Clients ? chat.Pass(bytes.Length) : chat.Send(who, bytes);
        }

        wrong ??= chat.Close();
        _broadcaster = wrong is null ? broadcaster : null;
        return wrong;
    }
}
