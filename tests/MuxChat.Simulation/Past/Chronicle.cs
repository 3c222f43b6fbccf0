using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Past;

/// <summary>
/// Everything that was ever published, through all lives of the server: an event is named by room, epoch and
/// number, and no two have one name.
/// </summary>
internal sealed class Chronicle
{
    private readonly Dictionary<(string Room, long Epoch, long Seq), LoggedEvent> _events = [];
    private readonly Dictionary<string, List<LoggedEvent>> _rooms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LoggedEvent>> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    /// <summary>All events of each room, through all lives, in the order they happened.</summary>
    public IReadOnlyDictionary<string, List<LoggedEvent>> Rooms => _rooms;

    /// <summary>How a room is called whatever its spelling: names differ in ASCII case only.</summary>
    public string KeyOf(string room)
    {
        if (!_keys.TryGetValue(room, out var key))
        {
            _keys[room] = key = string.Create(room.Length, room, static (span, name) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = char.IsAsciiLetterUpper(name[i]) ? char.ToLowerInvariant(name[i]) : name[i];
                }
            });
        }

        return key;
    }

    /// <summary>An event is published.</summary>
    public void Add(LoggedEvent happened)
    {
        var key = KeyOf(happened.Room);
        var isNew = _events.TryAdd((key, happened.Epoch, happened.Seq), happened);
        Check.Fail(!isNew, CheckNames.Epochs,
            $"{happened} has the epoch {happened.Epoch} and the name of {(isNew ? null : Find(key, happened.Epoch, happened.Seq))}");
        if (!_rooms.TryGetValue(key, out var room))
        {
            _rooms[key] = room = [];
        }

        room.Add(happened);
        if (happened.IsSaid)
        {
            var line = happened.HistoryLine;
            _lines.TryAdd(line, []);
            _lines[line].Add(happened);
        }
    }

    public LoggedEvent? Find(string room, long epoch, long seq) => _events.GetValueOrDefault((KeyOf(room), epoch, seq));

    /// <summary>What was said, by the line that shows it later; on IRC one may say the same in several rooms at once.</summary>
    public IReadOnlyList<LoggedEvent> FindLine(string line) => _lines.TryGetValue(line, out var found) ? found : [];
}
