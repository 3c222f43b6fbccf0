namespace MuxChat.Simulation;

/// <summary>What a run leaves out, for cutting a failure down: whole clients, and single actions.</summary>
internal sealed class Omissions
{
    private readonly HashSet<int> _clients = [];
    private readonly HashSet<(int Client, int Action)> _actions = [];

    public bool Has(int client) => _clients.Contains(client);

    public bool Has(int client, int action) => _actions.Contains((client, action));

    public Omissions With(int client)
    {
        var more = Copy();
        more._clients.Add(client);
        return more;
    }

    public Omissions With(int client, int first, int count)
    {
        var more = Copy();
        more._actions.UnionWith(Enumerable.Range(first, count).Select(action => (client, action)));
        return more;
    }

    private Omissions Copy()
    {
        var copy = new Omissions();
        copy._clients.UnionWith(_clients);
        copy._actions.UnionWith(_actions);
        return copy;
    }
}
