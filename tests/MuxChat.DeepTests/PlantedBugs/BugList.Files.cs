using MuxChat.Simulation.Checks;

namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes in sharing files.</summary>
public static partial class BugList
{
    public static IReadOnlyList<PlantedBug> Files { get; } =
    [
        new("a file is announced before the store has sealed it", "Chat/Files/Upload.cs",
            "            _sharing.Seal(this);",
            "            _sharing.Seal(this);\n            End(_sharing.Publish(this, new byte[32]));",
            CheckNames.Files),
        new("the newest file goes for want of room", "Chat/Files/FileDirectory.cs",
            "_byNumber.First().Value",
            "_byNumber.Last().Value",
            CheckNames.Files)
        { IsOnlyFinder = true },
        new("a file counts twice while it is announced", "Chat/Files/UploadDirectory.cs",
            "one.IsCounted ?",
            "one.Outcome is null ?",
            CheckNames.Files)
        { IsOnlyFinder = true },
        new("a file of a closed room is for everyone with its id", "Chat/Files/FileSharing.cs",
            "NeedsKey(file) ? IsMember(person, file) : IsOn;",
            "IsOn;",
            CheckNames.Rights),
        new("bytes are taken at any offset", "Protocols/FileHandler.cs",
            "if (command.Offset != upload.ReceivedBytes)",
            "if (command.Offset > upload.SizeBytes)",
            CheckNames.Files),
        new("bytes that the store has no room for are lost", "Chat/Files/Upload.cs",
            "_held = [.. _held ?? [], .. bytes];",
            "_held = null;",
            CheckNames.Files),
        new("an upload that goes on is asked for its first byte", "Protocols/Json/JsonFileAnswers.cs",
            "json.WriteNumber(\"offset\"u8, upload.ReceivedBytes);",
            "json.WriteNumber(\"offset\"u8, 0);",
            CheckNames.Files),
        new("a part of a file is as long as the file", "Protocols/FileHandler.cs",
            "        length = command.Limit > 0 ? Math.Min(length, command.Limit) : length;\n",
            "",
            CheckNames.Files),
        new("a share is answered before its event is stored", "Chat/Files/FileSharing.cs",
            "CommandResult.Ok(room.LastSeq) with { Position = _state.JournalPosition };",
            "CommandResult.Ok(room.LastSeq);",
            CheckNames.Durability),
        new("an answer that comes after its outcome waits for another", "Clients/Acknowledgements.cs",
            "if (result.Position <= _runs[^1].UpTo)",
            "if (result.Position < 0)",
            CheckNames.Convergence),
        new("bytes of uploads are not counted as they come", "Chat/Files/FileSharing.cs",
            "        Metrics.ReceivedBytes.Add(bytes);\n        RemoveOldest();",
            "        Metrics.ReceivedBytes.Add(bytes);",
            CheckNames.Limits),
        new("a file with a wrong hash is announced", "Chat/Files/Upload.cs",
            "result = status == FileStatus.Ok ?",
            "result = status is FileStatus.Ok or FileStatus.WrongHash ?",
            CheckNames.Files),
        new("a file is named before it is durable", "Files/PartFile.cs",
            "return result.IsOk ? _file!.Sync() : result;",
            "return result;",
            CheckNames.Files)
        { Project = "MuxChat.Storage" },
    ];
}
