namespace MuxChat.Core.Protocols.Json;

/// <summary>The fields of requests by their names. Some are one field under several names.</summary>
internal static class JsonFields
{
    /// <summary>Returns the field with a name; <see cref="JsonField.None"/> for an unknown one.</summary>
    public static JsonField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => JsonField.Id,
        2 when name.SequenceEqual("to"u8) => JsonField.Nick,
        4 when name.SequenceEqual("type"u8) => JsonField.Type,
        4 when name.SequenceEqual("text"u8) => JsonField.Text,
        4 when name.SequenceEqual("room"u8) => JsonField.Room,
        3 when name.SequenceEqual("key"u8) => JsonField.Key,
        4 when name.SequenceEqual("nick"u8) => JsonField.Nick,
        4 when name.SequenceEqual("name"u8) => JsonField.Nick,
        4 when name.SequenceEqual("data"u8) => JsonField.Text,
        4 when name.SequenceEqual("file"u8) => JsonField.File,
        4 when name.SequenceEqual("size"u8) => JsonField.Size,
        4 when name.SequenceEqual("args"u8) => JsonField.Arguments,
        5 when name.SequenceEqual("after"u8) => JsonField.After,
        5 when name.SequenceEqual("limit"u8) => JsonField.Limit,
        5 when name.SequenceEqual("epoch"u8) => JsonField.Epoch,
        5 when name.SequenceEqual("modes"u8) => JsonField.Text,
        5 when name.SequenceEqual("token"u8) => JsonField.Text,
        6 when name.SequenceEqual("length"u8) => JsonField.Limit,
        6 when name.SequenceEqual("number"u8) => JsonField.Number,
        6 when name.SequenceEqual("offset"u8) => JsonField.Offset,
        6 when name.SequenceEqual("reason"u8) => JsonField.Text,
        6 when name.SequenceEqual("sha256"u8) => JsonField.Text,
        7 when name.SequenceEqual("command"u8) => JsonField.Text,
        8 when name.SequenceEqual("password"u8) => JsonField.Text,
        _ => JsonField.None,
    };

    /// <summary>Returns the names of a field, for an error message.</summary>
    public static string NamesOf(JsonField field) => field switch
    {
        JsonField.Id => "id",
        JsonField.Type => "type",
        JsonField.Room => "room",
        JsonField.Nick => "nick, to or name",
        JsonField.Key => "key",
        JsonField.After => "after",
        JsonField.Limit => "limit or length",
        JsonField.Epoch => "epoch",
        JsonField.File => "file",
        JsonField.Number => "number",
        JsonField.Offset => "offset",
        JsonField.Size => "size",
        JsonField.Arguments => "args",
        _ => "text",
    };
}

/// <summary>The fields of requests, as a set of flags.</summary>
[Flags]
internal enum JsonField
{
    None = 0,
    Type = 1,
    Id = 2,
    Room = 4,
    Nick = 8,
    Text = 16,
    After = 32,
    Limit = 64,
    Epoch = 128,
    Key = 256,
    File = 512,
    Number = 1024,
    Offset = 2048,
    Size = 4096,
    Arguments = 8192,
}
