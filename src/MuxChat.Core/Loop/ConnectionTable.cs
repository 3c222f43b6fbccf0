namespace MuxChat.Core.Loop;

/// <summary>
/// All connections, in a flat array indexed by token. Invariant: an index gets a new generation
/// each time it is reserved, so old tokens find nothing.
/// </summary>
internal sealed class ConnectionTable
{
    private readonly Stack<int> _free = new();
    private Connection?[] _connections = new Connection?[64];
    private uint[] _generations = new uint[64];
    private int _used;

    public int Count { get; private set; }

    /// <summary>One more than the highest index reserved so far.</summary>
    public int Places => _used;

    public Connection? this[int place] => _connections[place];

    /// <summary>Reserves an index for <see cref="Put"/> to fill.</summary>
    public Token Reserve()
    {
        if (!_free.TryPop(out var index))
        {
            index = _used++;
            if (index == _connections.Length)
            {
                Array.Resize(ref _connections, index * 2);
                Array.Resize(ref _generations, index * 2);
            }
        }

        return new Token(index, ++_generations[index]);
    }

    public void Put(Connection connection)
    {
        _connections[connection.Token.Index] = connection;
        Count++;
    }

    public Connection? Find(Token token) =>
        (uint)token.Index < (uint)_used && _generations[token.Index] == token.Generation ? _connections[token.Index] : null;

    /// <summary>Frees a reserved index that was never filled.</summary>
    public void GiveBack(Token token) => _free.Push(token.Index);

    public void Free(Token token)
    {
        _connections[token.Index] = null;
        _free.Push(token.Index);
        Count--;
    }
}
