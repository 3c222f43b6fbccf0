using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MuxChat.Simulation.Checks;

/// <summary>The words of a check, put together only when it fails: checks are made a million times and fail never.</summary>
[InterpolatedStringHandler]
internal readonly ref struct Why
{
    private readonly StringBuilder? _text;

    public Why(int literalLength, int formattedCount, bool failed, out bool isWanted)
    {
        isWanted = failed;
        _text = failed ? new StringBuilder(literalLength + (16 * formattedCount)) : null;
    }

    public void AppendLiteral(string value) => _text!.Append(value);

    public void AppendFormatted<T>(T value) => _text!.Append(CultureInfo.InvariantCulture, $"{value}");

    public override string ToString() => $"{_text}";
}
