using System.Globalization;
using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>The requests that the server has not answered.</summary>
internal sealed class ServerRequests
{
    private readonly Dictionary<string, Action<JsonElement>> _answers = [];
    private Action<byte[]>? _send;
    private long _lastId;

    /// <summary>How many requests wait for their answer.</summary>
    public int Count => _answers.Count;

    public bool IsOpen => _send is not null;

    public void Open(Action<byte[]> send) => _send = send;

    /// <summary>The connection ended: no answer comes any more.</summary>
    public void Close()
    {
        _send = null;
        _answers.Clear();
    }

    /// <summary>
    /// Sends a request; <paramref name="answered"/> gets its <c>ok</c> or <c>error</c>. Without a connection nothing happens.
    /// </summary>
    public void Ask(Request request, Action<JsonElement> answered)
    {
        if (_send is not null)
        {
            var id = (++_lastId).ToString(CultureInfo.InvariantCulture);
            _answers.Add(id, answered);
            _send(request.ToJson(id));
        }
    }

    /// <summary>Sends a request whose errors alone come back.</summary>
    public void Tell(Request request) => _send?.Invoke(request.ToJson());

    /// <summary>Gives an answer to its request; false if it belongs to none.</summary>
    public bool Answer(JsonElement answer)
    {
        var isKnown = _answers.Remove(answer.Text("id"), out var answered);
        answered?.Invoke(answer);
        return isKnown;
    }
}
