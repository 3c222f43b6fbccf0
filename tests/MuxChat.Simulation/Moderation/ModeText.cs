using System.Globalization;

namespace MuxChat.Simulation.Moderation;

/// <summary>
/// Mode changes as text, <c>+o-v alice bob</c>: what they make of a room, and which of them its members must be told. What changes nothing
/// is not told, and neither is what the same text takes back.
/// </summary>
internal sealed class ModeText
{
    private const string WithParameter = "ovbeI";

    private readonly List<(bool IsOn, char Letter, string Parameter)> _told = [];
    private readonly RoomState _before;

    private ModeText(RoomState before) => (_before, State) = (before, before);

    /// <summary>The room after the changes.</summary>
    public RoomState State { get; private set; }

    /// <summary>What is told; empty for nothing.</summary>
    public string Told
    {
        get
        {
            var (letters, parameters, sign) = ("", "", ' ');
            foreach (var (isOn, letter, parameter) in _told)
            {
                var signed = isOn ? '+' : '-';
                letters += signed == sign ? $"{letter}" : $"{signed}{letter}";
                sign = signed;
                parameters += parameter.Length > 0 ? " " + parameter : "";
            }

            return letters + parameters;
        }
    }

    /// <summary>Whether a letter stands for no mode.</summary>
    public bool HasUnknown { get; private set; }

    /// <summary>Whether somebody is to be ranked who is not in.</summary>
    public bool HasAbsent { get; private set; }

    /// <summary>Whether two texts may come to the same, in some room: of several changes perhaps only one changes anything.</summary>
    public static bool MayTellTheSame(string one, string other)
    {
        var (changes, others) = (Letters(one), Letters(other));
        return one == other || (Math.Max(changes.Length, others.Length) > 1 && changes.Intersect(others).Any());
    }

    private static char[] Letters(string text) => [.. text.TakeWhile(static c => c != ' ').Where(static c => c is not ('+' or '-'))];

    /// <summary>Carries changes out, as an operator's.</summary>
    public static ModeText Of(RoomState state, string text)
    {
        var changes = new ModeText(state);
        var words = new Queue<string>(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var isOn = true;
        foreach (var letter in words.TryDequeue(out var letters) ? letters : "")
        {
            if (letter is '+' or '-')
            {
                isOn = letter == '+';
                continue;
            }

            var hasParameter = WithParameter.Contains(letter, StringComparison.Ordinal) || (isOn && letter is 'k' or 'l') || letter == 'k';
            changes.Change(isOn, letter, hasParameter && words.TryDequeue(out var word) ? word : "");
        }

        return changes;
    }

    private void Change(bool isOn, char letter, string parameter)
    {
        switch (letter)
        {
            case 'o' or 'v':
                Rank(isOn, letter, parameter);
                break;
            case 'b' or 'e' or 'I':
                List(isOn, letter, SimMask.Complete(parameter));
                break;
            case 'k':
                State = State with { Key = isOn ? parameter : "" };
                Set(isOn, letter, isOn ? parameter : "*", State.Key == _before.Key);
                break;
            case 'l':
                State = State with { Limit = isOn ? int.Parse(parameter, CultureInfo.InvariantCulture) : 0 };
                Set(isOn, letter, isOn ? parameter : "", State.Limit == _before.Limit);
                break;
            case 'C' or 'i' or 'm' or 'n' or 's' or 't':
                if (State.Has(letter) != isOn)
                {
                    State = State.With(letter, isOn);
                    Switch(isOn, letter, "");
                }

                break;
            default:
                HasUnknown = true;
                break;
        }
    }

    private void Rank(bool isOn, char letter, string nick)
    {
        var member = State.Members.Keys.FirstOrDefault(one => string.Equals(one.LogNick, nick, StringComparison.OrdinalIgnoreCase));
        HasAbsent |= member is null;
        if (member is null || State.RankOf(member).Contains(letter, StringComparison.Ordinal) == isOn)
        {
            return;
        }

        var others = State.RankOf(member).Replace($"{letter}", "", StringComparison.Ordinal);
        State = State with { Members = State.Members.SetItem(member, isOn ? string.Concat((others + letter).Order()) : others) };
        Switch(isOn, letter, member.LogNick!);
    }

    private void List(bool isOn, char letter, string mask)
    {
        var masks = State.ListOf(letter);
        var at = masks.FindIndex(one => string.Equals(one, mask, StringComparison.OrdinalIgnoreCase));
        if (at >= 0 != isOn)
        {
            State = State.With(letter, isOn ? masks.Add(mask) : masks.RemoveAt(at));
            Switch(isOn, letter, mask);
        }
    }

    private void Switch(bool isOn, char letter, string parameter)
    {
        var takenBack = _told.FindIndex(
            one => one.Letter == letter && string.Equals(one.Parameter, parameter, StringComparison.OrdinalIgnoreCase));
        if (takenBack >= 0)
        {
            _told.RemoveAt(takenBack);
        }
        else
        {
            _told.Add((isOn, letter, parameter));
        }
    }

    private void Set(bool isOn, char letter, string parameter, bool isAsBefore)
    {
        _told.RemoveAll(one => one.Letter == letter);
        if (!isAsBefore)
        {
            _told.Add((isOn, letter, parameter));
        }
    }
}
