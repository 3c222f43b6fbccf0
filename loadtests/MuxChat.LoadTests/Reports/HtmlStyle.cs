namespace MuxChat.LoadTests.Reports;

/// <summary>How the page looks.</summary>
internal static class HtmlStyle
{
    public const string Css = """

        :root { color-scheme: light dark; --bg: #fff; --fg: #1d2430; --dim: #5b6575; --line: #d8dde5; --good: #17703c; --bad: #b3261e;
          --c0: #2f6fde; --c1: #12876f; --c2: #c25a00; --c3: #8a4fc4; --c4: #b0306a; }
        @media (prefers-color-scheme: dark) { :root { --bg: #14181f; --fg: #e6eaf0; --dim: #9aa5b5; --line: #323a47; --good: #5fd08d; --bad: #ff8a80;
          --c0: #6ea0ff; --c1: #4cc7a8; --c2: #f09a4a; --c3: #c195f0; --c4: #ef7fae; } }
        body { margin: 0; background: var(--bg); color: var(--fg); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; }
        p { margin: .25rem 0 .75rem; } .meta { color: var(--dim); font-size: .9rem; overflow-wrap: anywhere; }
        .verdict { font-weight: 600; padding: .5rem .75rem; border-left: 4px solid; } .good { color: var(--good); } .bad { color: var(--bad); }
        figure { margin: .5rem 0; overflow-x: auto; } svg { width: 100%; min-width: 30rem; height: auto; display: block; }
        text { fill: var(--fg); font: 13px system-ui, sans-serif; } .group { font-weight: 600; } .name { text-anchor: end; fill: var(--dim); }
        .c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); } .c3 { fill: var(--c3); } .c4 { fill: var(--c4); }
        .spread { stroke: var(--fg); stroke-width: 1.5; fill: none; opacity: .7; }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
        th { color: var(--dim); font-weight: 600; } td:first-child, th:first-child, td:nth-child(2), th:nth-child(2) { text-align: left; }
        .win td { font-weight: 700; } small { color: var(--dim); font-weight: 400; }
        @media print { :root { --bg: #fff; --fg: #000; --dim: #444; --line: #bbb; } main { max-width: none; padding: 0; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }

        """;
}
