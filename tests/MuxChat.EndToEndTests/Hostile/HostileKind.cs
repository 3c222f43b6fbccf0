using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// What the server must do about a hostile client, without the data: on which listener it is and whether it sits in the room, what it is
/// told, what others hear, and how it ends. Of a frame counts its type and an error's code; of a line its sign and its first words.
/// </summary>
internal static partial class HostileKind
{
    private const int FirstWords = 3;

    public static string Of(HostileCase hostile)
    {
        var answers = hostile.Steps.Where(step => step.Act is HostileAct.Get or HostileAct.ReadUntil)
            .Select(step => Answer(Encoding.UTF8.GetString(step.Bytes)));
        var others = hostile.Others.Select(
            heard => heard.Frame is null ? "a line of its own" : $"{Answer(heard.Frame)}{(heard.Line is null ? " alone" : "")}");
        var acts = hostile.Steps.Select(step => step.Act).Where(act => act is HostileAct.Drip or HostileAct.GetBytes or HostileAct.Wait)
            .Select(act => act.ToString());
        string[] parts =
        [
            hostile.Listener,
            hostile.IsResident ? "resident" : "newcomer",
            .. acts.Distinct(),
            "is told " + string.Join(", ", answers.Distinct()),
            "others hear " + string.Join(", ", others.Distinct()),
            hostile.IsMissed ? "is missed" : "is not missed",
            $"{hostile.End.How} {hostile.End.Reason}",
        ];
        return string.Join("; ", parts);
    }

    private static string Answer(string pattern)
    {
        if (pattern.StartsWith('{') && !pattern.StartsWith("{me}", StringComparison.Ordinal))
        {
            var frame = JsonNode.Parse(pattern)!;
            return $"{frame["type"]} {frame["code"]}".TrimEnd();
        }

        return string.Join(' ', Varying().Replace(pattern, "x").Split(' ').Take(FirstWords));
    }

    // A room or a nick that the case made up.
    [GeneratedRegex(@"#\S+|<[^>]*>")]
    private static partial Regex Varying();
}
