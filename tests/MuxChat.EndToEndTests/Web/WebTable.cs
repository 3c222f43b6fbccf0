using MuxChat.EndToEndTests.Web.Cases;

namespace MuxChat.EndToEndTests.Web;

/// <summary>All conversations, by theme.</summary>
internal static class WebTable
{
    public static IReadOnlyList<(string Name, WebCase[] Cases)> Families { get; } =
    [
        (nameof(RequestLines), [.. RequestLines.All]),
        (nameof(Fields), [.. Fields.All]),
        (nameof(Bodies), [.. Bodies.All]),
        (nameof(Methods), [.. Methods.All]),
        (nameof(Caching), [.. Caching.All]),
        (nameof(Files), [.. Files.All]),
        (nameof(Connections), [.. Connections.All]),
        (nameof(Upgrades), [.. Upgrades.All]),
        (nameof(Frames), [.. Frames.All]),
        (nameof(Closings), [.. Closings.All]),
        (nameof(Messages), [.. Messages.All]),
    ];

    public static IReadOnlyList<WebCase> All { get; } = [.. Families.SelectMany(static family => family.Cases)];

    public static WebCase Get(string name) => All.Single(one => one.ToString() == name);
}
