namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Characters that can forge a line, steer a terminal, or hide.</summary>
internal static class Characters
{
    /// <summary>
    /// Control characters: refused in every text, so that no client ever receives one. Line feed ends a line and stands apart.
    /// </summary>
    public static readonly (string Name, char Character)[] Controls =
    [
        ("NUL", '\0'),
        ("BEL", '\a'),
        ("backspace", '\b'),
        ("form feed", '\f'),
        ("CR", '\r'),
        ("ESC", '\u001b'),
        ("DEL", '\u007f'),
        ("NEL of C1", '\u0085'),
        ("CSI of C1", '\u009b'),
    ];

    /// <summary>
    /// Characters that change how text looks and are none of a terminal's: people need them (Arabic, Hebrew,
    /// emoji), so texts may hold them.
    /// </summary>
    public static readonly (string Name, string Text)[] Invisible =
    [
        ("right-to-left override", "\u202e"),
        ("left-to-right isolate", "\u2066"),
        ("pop directional isolate", "\u2069"),
        ("right-to-left mark", "\u200f"),
        ("zero-width space", "\u200b"),
        ("zero-width joiner", "\u200d"),
        ("word joiner", "\u2060"),
        ("byte-order mark", "\ufeff"),
        ("line separator", "\u2028"),
        ("paragraph separator", "\u2029"),
        ("soft hyphen", "\u00ad"),
        ("tag character", "\U000e0041"),
    ];
}
