namespace MuxChat.LoadTests.Reports;

/// <summary>Files for results: looked at before a run, written after it.</summary>
internal static class ResultFiles
{
    /// <summary>Looks whether they can be written: an hour of measuring ends in no file otherwise.</summary>
    /// <param name="files">The options and what they name; null or empty for none. <c>--hgrm</c> names a folder, all others files.</param>
    /// <param name="taken">Files, as full paths, that may not be written.</param>
    /// <exception cref="LoadException">One cannot be written.</exception>
    public static void Check(IEnumerable<(string Option, string? File)> files, IEnumerable<string> taken)
    {
        var named = new HashSet<string>(taken);
        foreach (var (option, file) in files.Where(static one => one.File is { Length: > 0 }))
        {
            var folder = option == "--hgrm" ? file! : Path.GetDirectoryName(Path.GetFullPath(file!));
            if (string.IsNullOrWhiteSpace(file) || (folder is not null && !Directory.Exists(folder)))
            {
                throw LoadException.Usage($"{option} {file}: there is no folder {folder}");
            }

            if (option != "--hgrm" && Directory.Exists(file))
            {
                throw LoadException.Usage($"{option} {file}: that is a folder; it takes a file");
            }

            if (!named.Add(Path.GetFullPath(file)))
            {
                throw LoadException.Usage($"{option} {file}: that file is named twice");
            }
        }
    }

    /// <summary>Writes files and says which. One that cannot be written does not take the others with it.</summary>
    /// <param name="files">Names and contents; an empty name is none.</param>
    /// <exception cref="LoadException">One could not be written, or several.</exception>
    public static void Write(IEnumerable<(string File, Func<string> Content)> files)
    {
        var failures = new List<string>();
        foreach (var (file, content) in files.Where(static one => one.File.Length > 0))
        {
            try
            {
                File.WriteAllText(file, content());
                Console.WriteLine($"wrote {file}");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                failures.Add($"cannot write {file}: {error.Message}");
            }
        }

        if (failures.Count > 0)
        {
            throw new LoadException(string.Join("; ", failures));
        }
    }
}
