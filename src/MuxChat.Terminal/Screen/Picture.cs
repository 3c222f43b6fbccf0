using System.Text;

namespace MuxChat.Terminal.Screen;

/// <summary>All that a terminal shows: a row of text for each of its lines, and the place of the caret.</summary>
/// <param name="Rows">The rows, none wider than the screen.</param>
/// <param name="CaretRow">The row of the caret, from 0.</param>
/// <param name="CaretColumn">The column of the caret, from 0.</param>
/// <param name="Columns">The width of the screen.</param>
internal sealed record Picture(IReadOnlyList<string> Rows, int CaretRow, int CaretColumn, int Columns)
{
    /// <summary>Returns what to write so that a terminal that shows <paramref name="before"/> shows this. Null draws all.</summary>
    public string Since(Picture? before)
    {
        var isSame = before is not null && before.Rows.Count == Rows.Count && before.Columns == Columns;
        var written = new StringBuilder(isSame ? "\e[?25l" : "\e[?25l\e[0m\e[2J");
        for (var row = 0; row < Rows.Count; row++)
        {
            if (!isSame || before!.Rows[row] != Rows[row])
            {
                // The row is erased first: after a row of full width the last column would be erased.
                written.Append(System.Globalization.CultureInfo.InvariantCulture, $"\e[{row + 1};1H\e[2K{Rows[row]}");
            }
        }

        written.Append(System.Globalization.CultureInfo.InvariantCulture, $"\e[{CaretRow + 1};{CaretColumn + 1}H\e[?25h");
        return written.ToString();
    }
}
