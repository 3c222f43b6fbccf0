using System.Buffers.Text;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Moderation;

/// <summary>Applies one request for mode changes in one room, letter by letter. If one change is refused, the others still apply.</summary>
internal ref struct ModeRequest
{
    /// <summary>
    /// The largest number of changes in one request: 12. The first change above it is refused, and the rest of the request is ignored.
    /// </summary>
    public const int MaxChanges = 12;

    /// <summary>The largest number of changes with a parameter in one request: 4. Each further one is refused.</summary>
    public const int MaxParameters = 4;

    /// <summary>
    /// The largest number of refusals in one request: 8. At this limit the rest of the request is ignored,
    /// so that one line does not get hundreds of answers.
    /// </summary>
    private const int MaxRefused = 8;

    private readonly ChatState _state;
    private readonly Person _person;
    private readonly Room _room;
    private readonly IModeAnswers? _answers;
    private readonly bool _isOperator;
    private readonly bool _isOverride;
    private readonly byte[]? _keyBefore;
    private readonly int _limitBefore;
    private ReadOnlySpan<byte> _rest;
    private int _changes;
    private int _parameters;
    private int _refused;
    private bool _isToldNotOperator;
    private string _shown = "";

    public ModeRequest(ChatState state, Person person, Room room, IModeAnswers? answers, bool isOperator, bool isOverride)
    {
        _state = state;
        _person = person;
        _room = room;
        _answers = answers;
        _keyBefore = room.Rules.Key;
        _limitBefore = room.Rules.Limit;
        _isOperator = isOperator;
        _isOverride = isOverride;
    }

    public ModeChanges Made { get; } = new();

    /// <summary>Whether the request appointed a person who is not in the room, or withdrew that.</summary>
    public bool HasAppointed { get; private set; }

    /// <summary>The first refusal; success if there was none.</summary>
    public CommandResult Result { get; private set; } = CommandResult.Ok();

    /// <summary>Applies letters and parameters: <c>+o-v alice bob</c>.</summary>
    public void Apply(ReadOnlySpan<byte> text)
    {
        _rest = text;
        var letters = ReadWord();
        var isOn = true;
        foreach (var one in letters)
        {
            if (one is (byte)'+' or (byte)'-')
            {
                isOn = one == (byte)'+';
                continue;
            }

            if (_refused == MaxRefused)
            {
                return;
            }

            if (_changes++ == MaxChanges)
            {
                Refuse((char)one, default, ErrorCode.BadField, $"at most {MaxChanges} mode changes in one command");
                return;
            }

            Change(isOn, (char)one);
        }
    }

    private void Change(bool isOn, char letter)
    {
        switch (letter)
        {
            case 'o' or 'v':
                ChangeRank(isOn, letter);
                break;
            case 'b' or 'e' or 'I':
                ChangeList(isOn, letter);
                break;
            case 'k':
                ChangeKey(isOn);
                break;
            case 'l':
                ChangeLimit(isOn);
                break;
            default:
                Switch(isOn, letter);
                break;
        }
    }

    private void Switch(bool isOn, char letter)
    {
        var mode = RoomRules.ModeOf(letter);
        if (mode == RoomModes.None)
        {
            Refuse(letter, default, ErrorCode.UnknownMode, "unknown mode: the modes are b, C, e, i, I, k, l, m, n, o, s, t and v");
        }
        else if (MayChange(letter) && (_room.Rules.Modes & mode) != 0 != isOn)
        {
            _room.Rules.Modes ^= mode;
            Made.Switch(isOn, letter);
        }
    }

    private void ChangeRank(bool isOn, char letter)
    {
        if (!TryReadParameter(letter, "a nick", out var nick) || !MayChange(letter))
        {
            return;
        }

        var person = _state.Nicks.Find(nick);
        if (person is null)
        {
            Refuse(letter, nick, ErrorCode.UnknownNick, Nickname.IsValid(nick) ? $"no such nick: {ChatState.Text(nick)}" : Nickname.Rule);
            return;
        }

        if (person.Find(_room) is not { } membership)
        {
            if (_isOverride && letter == 'o' && RoomAccess.TryAppoint(_state, _person, _room, person, isOn, _answers))
            {
                HasAppointed = true;
                return;
            }

            Refuse(letter, nick, ErrorCode.NotThere, $"{ChatState.Text(person.Nick)} is not in {ChatState.Text(_room.Name)}");
            return;
        }

        var rank = letter == 'o' ? MemberRank.Operator : MemberRank.Voice;
        if ((membership.Rank & rank) != 0 != isOn)
        {
            membership.Rank ^= rank;
            Made.Switch(isOn, letter, person.Nick);
        }
    }

    private void ChangeList(bool isOn, char letter)
    {
        var list = _room.Rules.ListOf(letter)!;
        var given = ReadWord();
        if (given.IsEmpty)
        {
            ShowList(letter, list);
            return;
        }

        if (!CountsParameter(letter, given) || !MayChange(letter))
        {
            return;
        }

        if (!UserMask.TryComplete(given, out var mask) || (letter == 'I' && UserMask.IsMute(mask)))
        {
            Refuse(letter, given, ErrorCode.BadField, $"a mask is nick!user@host with * and ?, up to {UserMask.MaxBytes} visible bytes");
            return;
        }

        if (isOn && list.IsFull)
        {
            Refuse(letter, mask, ErrorCode.ListFull, $"the list is full ({MaskList.MaxEntries} masks): remove one first");
            return;
        }

        if (isOn ? list.Add(new MaskEntry(mask, _person.Nick, _state.Clock.UnixMs)) : list.Remove(mask))
        {
            _room.ForgetMuted();
            Made.Switch(isOn, letter, mask);
        }
    }

    // Answers once per request and list. Every person who sees the room may read its bans: a person who knows why they are kept out asks
    // the right question. The other lists are for operators.
    private void ShowList(char letter, MaskList list)
    {
        var isShown = _shown.Contains(letter);
        _shown += letter;
        if (!isShown && (letter == 'b' || MayChange(letter)))
        {
            _answers?.Listed(_room, letter, list.Entries);
        }
    }

    private void ChangeKey(bool isOn)
    {
        var key = ReadWord();
        if (isOn && key.IsEmpty)
        {
            Refuse('k', default, ErrorCode.MissingField, "mode k takes a key");
            return;
        }

        if (!CountsParameter('k', key) || !MayChange('k'))
        {
            return;
        }

        if (isOn && (key.Length > RoomRules.MaxKeyBytes || key[0] == (byte)':' || key.ContainsAny(",\t"u8) || ChatText.HasControl(key)))
        {
            Refuse('k', key, ErrorCode.BadField, $"a key is 1 to {RoomRules.MaxKeyBytes} visible bytes, no commas, no leading colon");
            return;
        }

        if (isOn)
        {
            _room.Rules.Key = key.ToArray();
            Made.Set(isOn, 'k', key, isAsBefore: key.SequenceEqual(_keyBefore));
        }
        else if (_room.Rules.Key is not null)
        {
            _room.Rules.Key = null;
            Made.Set(isOn, 'k', "*"u8, isAsBefore: _keyBefore is null);
        }
    }

    private void ChangeLimit(bool isOn)
    {
        if (!isOn)
        {
            if (MayChange('l') && _room.Rules.Limit > 0)
            {
                _room.Rules.Limit = 0;
                Made.Set(isOn, 'l', default, isAsBefore: _limitBefore == 0);
            }

            return;
        }

        if (!TryReadParameter('l', "a number", out var given) || !MayChange('l'))
        {
            return;
        }

        if (!Utf8Parser.TryParse(given, out int limit, out var used) || used != given.Length || limit <= 0)
        {
            Refuse('l', given, ErrorCode.BadField, "mode l takes a whole number from 1");
            return;
        }

        if (_room.Rules.Limit != limit)
        {
            _room.Rules.Limit = limit;
            Made.Set(isOn, 'l', given, isAsBefore: limit == _limitBefore);
        }
    }

    private bool TryReadParameter(char letter, string what, scoped out ReadOnlySpan<byte> parameter)
    {
        parameter = ReadWord();
        if (parameter.IsEmpty)
        {
            Refuse(letter, default, ErrorCode.MissingField, $"mode {letter} takes {what}");
        }

        return !parameter.IsEmpty && CountsParameter(letter, parameter);
    }

    private bool CountsParameter(char letter, scoped ReadOnlySpan<byte> parameter)
    {
        if (parameter.IsEmpty || ++_parameters <= MaxParameters)
        {
            return true;
        }

        Refuse(letter, parameter, ErrorCode.BadField, $"at most {MaxParameters} changes with a parameter in one command");
        return false;
    }

    // Reports the error once per request, however many changes it asks for.
    private bool MayChange(char letter)
    {
        if (!_isOperator && !_isToldNotOperator)
        {
            _isToldNotOperator = true;
            Refuse(letter, default, ErrorCode.NotRoomOperator, $"you are not an operator of {ChatState.Text(_room.Name)}");
        }

        return _isOperator;
    }

    private void Refuse(char letter, scoped ReadOnlySpan<byte> parameter, ErrorCode code, string message)
    {
        var why = CommandResult.Error(code, message);
        _refused++;
        Result = Result.IsOk ? why : Result;
        _answers?.Refused(letter, parameter, why);
    }

    private ReadOnlySpan<byte> ReadWord() => ChatText.ReadWord(ref _rest);
}
