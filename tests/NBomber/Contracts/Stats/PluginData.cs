namespace NBomber.Contracts.Stats;

public sealed record PluginDataTable(string TableName, List<Dictionary<string, object>> Rows)
{
    public static PluginDataTable Create(string tableName) => new(tableName, []);
}

public sealed record PluginData(string PluginName, List<PluginDataTable> Tables, List<string> Hints)
{
    public static PluginData Create(string pluginName) => new(pluginName, [], []);
}
