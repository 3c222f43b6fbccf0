using System.Buffers.Binary;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Cases of one listener, played on another of the same protocol: the server must do the same there.</summary>
internal static class OtherListeners
{
    private const int EverySo = 3;

    private const string HalfLine = "half a line and a reset";

    // The bytes that are left over are a length of the other order there.
    private const string WhichIsAnotherLength = "which the next frame gives";

    /// <summary>Frames whose length is little-endian: every bad length, written so, and all that is wrong with JSON.</summary>
    public static IEnumerable<HostileCase> LittleEndian =>
    [
        WrongOrder(HostileCase.Frame("frames: big-endian where little-endian is asked for", HostileEnd.Overrun), "little", 0, 0, 0, 15)
            .On("frame+tcp"),
        WrongOrder(HostileCase.Frame("frame listener: frames: little-endian where big-endian is asked for", HostileEnd.Overrun), "big",
            15, 0, 0, 0),
        .. FrameLengths.OnFrames(LittleEndianHeader)
            .Where(hostile => !hostile.Name.EndsWith(WhichIsAnotherLength, StringComparison.Ordinal))
            .Select(hostile => hostile.On("frame+tcp")),
        .. BrokenJson.All.Concat(StatesOnFrames.All).Where(IsOfWholeFrames).Where(EachSo).Select(hostile => hostile.On("frame+tcp")),
    ];

    // Such a socket has no reset: to close it is an orderly end, so the half line is said.
    public static IEnumerable<HostileCase> LinesOnUnix =>
    [
        .. On("line+unix", Of("line", LineFraming.All.Concat(StatesOnLines.All))
            .Where(static hostile => !hostile.Name.EndsWith(HalfLine, StringComparison.Ordinal))),
        HostileCase.Line("lines: half a line and the end of both sides", HostileEnd.ClosesAtOnce, HostileStep.Sends("hal"))
            .Heard(Hears.Said("hal")).On("line+unix"),
    ];

    public static IEnumerable<HostileCase> FramesOnUnix => On("frame+unix", Of("frame", FrameLengths.All.Concat(StatesOnFrames.All)));

    public static IEnumerable<HostileCase> AutoOnUnix => On("auto+unix", OnAuto);

    public static IEnumerable<HostileCase> AutoOnIPv6 => On("auto+tcp6", OnAuto);

    private static IEnumerable<HostileCase> OnAuto =>
        Of("auto", FrameLengths.All.Concat(OtherProtocols.All).Concat(HttpOnThePort.All).Concat(LineFraming.All));

    private static IEnumerable<HostileCase> Of(string listener, IEnumerable<HostileCase> cases) =>
        cases.Where(hostile => hostile.Listener == listener);

    private static IEnumerable<HostileCase> On(string listener, IEnumerable<HostileCase> cases) =>
        cases.Select(hostile => hostile.On(listener));

    // What is sent byte by byte has its length in the order of the other listener.
    private static bool IsOfWholeFrames(HostileCase hostile) => hostile is { IsResident: true, Listener: "frame" }
        && hostile.Steps.All(step => step.Act is not (HostileAct.Send or HostileAct.Drip or HostileAct.GetBytes));

    private static HostileCase WrongOrder(HostileCase hostile, string asked, params byte[] length) => hostile with
    {
        Steps =
        [
            HostileStep.Sends([.. length, .. """{"type":"quit"}"""u8]),
            HostileStep.Gets("""{"type":"error","code":"too_long","message":"the frame's length has its bytes in the wrong order: """
                + $$"""this listener takes {{asked}}-endian lengths; goodbye"}"""),
        ],
    };

    private static bool EachSo(HostileCase hostile, int index) => index % EverySo == 0;

    private static byte[] LittleEndianHeader(uint length)
    {
        var header = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(header, length);
        return header;
    }
}
