using MuxChat.EndToEndTests.Hostile.Cases;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// All hostile cases, by theme. The default run plays the first case of each kind in each family, the deep run all others. Two cases of a
/// family are of one kind (<see cref="HostileCase.Kind"/>) when the server must do the same about them: the same protocol, the same
/// answers, the same events for others, the same end. What differs then is data: which control character, which broken JSON, which name.
/// Of a case that is played again on another listener only its end counts.
/// </summary>
internal static class HostileTable
{
    public static IReadOnlyList<HostileFamily> Families { get; } =
    [
        new(nameof(ControlsOnLines), [.. ControlsOnLines.All]),
        new(nameof(ControlsOnFrames), [.. ControlsOnFrames.All]),
        new(nameof(InvisibleTexts), [.. InvisibleTexts.All]),
        new(nameof(InvisibleRoomNames), [.. InvisibleRoomNames.All]),
        new(nameof(LineFraming), [.. LineFraming.All]),
        new(nameof(BadUtf8), [.. BadUtf8.All]),
        new(nameof(FrameLengths), [.. FrameLengths.All]),
        new(nameof(BrokenJson), [.. BrokenJson.All]),
        new(nameof(HttpOnThePort), [.. HttpOnThePort.All]),
        new(nameof(FileRequests), [.. FileRequests.All]),
        new(nameof(UploadHeaders), [.. UploadHeaders.All]),
        new(nameof(OtherProtocols), [.. OtherProtocols.All]),
        new(nameof(ProxyHeaders), [.. ProxyHeaders.All]),
        new(nameof(TelnetStorms), [.. TelnetStorms.All]),
        new(nameof(NamesAsPaths), [.. NamesAsPaths.All]),
        new(nameof(LookAlikes), [.. LookAlikes.All]),
        new(nameof(StatesOnLines), [.. StatesOnLines.All]),
        new(nameof(StatesOnFrames), [.. StatesOnFrames.All]),
        new(nameof(Floods), [.. Floods.All]),
        new(nameof(Echoes), [.. Echoes.All]),
        new(nameof(RunsOnLines), [.. RunsOnLines.All]),
        new(nameof(RunsOnFrames), [.. RunsOnFrames.All]),
        new(nameof(ExecLines), [.. ExecLines.All]),
        new(nameof(EchoMessages), [.. EchoMessages.All]),
        new(nameof(UtfTexts), [.. UtfTexts.All]),
        new(nameof(IrcOnUnix), [.. IrcOnUnix.All]),
        new(nameof(SharedFiles), [.. SharedFiles.All]),
        new(nameof(OtherListeners.LittleEndian), [.. OtherListeners.LittleEndian]),
        new(nameof(OtherListeners.LinesOnUnix), [.. OtherListeners.LinesOnUnix]),
        new(nameof(OtherListeners.FramesOnUnix), [.. OtherListeners.FramesOnUnix]),
        new(nameof(OtherListeners.AutoOnUnix), [.. OtherListeners.AutoOnUnix]),
        new(nameof(OtherListeners.AutoOnIPv6), [.. OtherListeners.AutoOnIPv6]),
    ];

    public static IReadOnlyList<HostileCase> All { get; } = [.. Families.SelectMany(family => family.Cases)];

    /// <summary>The first case of each kind.</summary>
    public static IReadOnlyList<HostileCase> OneOfEachKind { get; } = [.. Families.SelectMany(family => family.Kinds)
        .Select(kind => kind.First())];

    public static HostileCase Get(string name) => All.First(hostile => hostile.Name == name);
}
