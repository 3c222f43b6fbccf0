using MuxChat.EndToEndTests.Hostile.Cases;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>All hostile cases, by theme.</summary>
internal static class HostileTable
{
    public static IReadOnlyList<HostileCase> All { get; } =
    [
        .. ControlsOnLines.All,
        .. ControlsOnFrames.All,
        .. InvisibleTexts.All,
        .. InvisibleRoomNames.All,
        .. LineFraming.All,
        .. BadUtf8.All,
        .. FrameLengths.All,
        .. BrokenJson.All,
        .. HttpOnThePort.All,
        .. OtherProtocols.All,
        .. TelnetStorms.All,
        .. NamesAsPaths.All,
        .. LookAlikes.All,
        .. StatesOnLines.All,
        .. StatesOnFrames.All,
        .. Floods.All,
    ];

    public static HostileCase Get(string name) => All.Single(hostile => hostile.Name == name);
}
