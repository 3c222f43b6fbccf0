namespace MuxChat.LoadTests.Reports;

/// <summary>
/// How the page looks. Readers who are colour-blind can tell its colours apart: they follow M. Okabe and K. Ito, "Color Universal Design",
/// darker on white and lighter on black.
/// </summary>
internal static class HtmlStyle
{
    public static HtmlText Css { get; } = HtmlText.Of($"{Page}{Charts}{Tables}");

    private static HtmlText Page => HtmlText.Of($$"""

        :root { color-scheme: light dark; --bg: #fff; --card: #f6f8fa; --fg: #1d2430; --dim: #566071; --line: #d8dde5; --grid: #e8ebf0;
          --good: #17703c; --bad: #b3261e; --warn: #8a5a00; --warnbg: #fff4d6; --won: #e3f3e8; --shade: #0003; --s0: #0067a3; --s1: #cc5500;
          --s2: #00805e; --s3: #a3468a; --s4: #59626f; --s5: #7d6600; --s6: #3d3fa8; --s7: #8f2d3c; }
        @media screen and (prefers-color-scheme: dark) {
          :root { --bg: #12161d; --card: #1a2029; --fg: #e6eaf0; --dim: #a3adbc; --line: #363f4d; --grid: #28303c; --good: #5fd08d;
            --bad: #ff8a80; --warn: #ffcf70; --warnbg: #3a2f14; --won: #17352a; --shade: #fff4; --s0: #56b4e9; --s1: #ff9a4a; --s2: #2fcf9f;
            --s3: #e59bcb; --s4: #b4bfcc; --s5: #e6d34a; --s6: #a5a8ff; --s7: #f28b9b; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--bg); color: var(--fg); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 77rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
        h2 { font-size: 1.3rem; line-height: 1.25; margin: 2.5rem 0 .4rem; padding-top: .8rem; border-top: 1px solid var(--line); }
        p { margin: .25rem 0 .75rem; max-width: 52rem; }
        ul { margin: .25rem 0 1rem; padding-left: 1.2rem; max-width: 58rem; }
        .meta, .note, .hint { color: var(--dim); font-size: .9rem; }
        .meta, code, dd { overflow-wrap: anywhere; }
        .lead { font-size: 1.15rem; line-height: 1.45; }
        .verdict { font-weight: 600; padding: .4rem .75rem; border-left: 4px solid; }
        .good { color: var(--good); }
        .bad { color: var(--bad); }
        .doubts { background: var(--warnbg); border: 2px solid var(--warn); border-radius: 6px; padding: .6rem .9rem;
          margin: 0 0 1rem; }
        .doubts strong { color: var(--warn); }
        .doubts ul { margin: .25rem 0 0; max-width: none; }
        a { color: var(--s0); }
        nav { font-size: .9rem; line-height: 1.9; }
        nav a { white-space: nowrap; margin-right: .9rem; }
        .tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); margin: 1rem 0; }
        .tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .75rem;
          font-size: .85rem; color: var(--dim); line-height: 1.3; }
        .tiles b { display: block; font-size: 1.5rem; color: var(--fg); }

        """);

    private static HtmlText Charts => HtmlText.Of($$"""

        .charts { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr));
          margin: 1rem 0; }
        figure { margin: 0; min-width: 0; }
        figcaption { font-weight: 600; line-height: 1.3; margin-bottom: .3rem; }
        figcaption .hint { display: block; font-weight: 400; font-size: .8rem; }
        figure > svg { width: 100%; height: auto; display: block; }
        text { fill: var(--fg); font: 12px system-ui, sans-serif; }
        .axis, .tick { fill: var(--dim); font-size: 11px; }
        .group, .won { font-weight: 700; }
        .group { paint-order: stroke; stroke: var(--bg); stroke-width: 4px; }
        .grid { stroke: var(--grid); fill: none; }
        .base { stroke: var(--dim); fill: none; }
        path.limit { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 6 3; }
        text.limit { fill: var(--bad); font-size: 11px; }
        .s0 { --c: var(--s0); }
        .s1 { --c: var(--s1); }
        .s2 { --c: var(--s2); }
        .s3 { --c: var(--s3); }
        .s4 { --c: var(--s4); }
        .s5 { --c: var(--s5); }
        .s6 { --c: var(--s6); }
        .s7 { --c: var(--s7); }
        .l { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round; }
        .l.s1 { stroke-dasharray: 7 3; }
        .l.s2 { stroke-dasharray: 2 3; }
        .l.s3 { stroke-dasharray: 8 3 2 3; }
        .l.s4 { stroke-dasharray: 1 4; }
        .l.s5 { stroke-dasharray: 12 4; }
        .l.s6 { stroke-dasharray: 4 2 1 2 1 2; }
        .l.s7 { stroke-dasharray: 5 5; }
        .m { fill: var(--c); stroke: var(--bg); stroke-width: 1; }
        .span { stroke: var(--c); stroke-width: 1.5; opacity: .6; }
        .box { fill: var(--c); stroke: var(--c); fill-opacity: .22; stroke-opacity: .6; }
        .median { stroke: var(--fg); stroke-width: 2; }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem .9rem; margin: .2rem 0 0; padding: 0; font-size: .8rem; }
        .legend b { font-weight: 400; color: var(--dim); }
        .swatch { width: 30px; height: 12px; margin-right: .3rem; vertical-align: -1px; }

        """);

    private static HtmlText Tables => HtmlText.Of($$"""

        .scroll { overflow-x: auto; margin: 1rem 0;
          background: linear-gradient(90deg, var(--bg) 30%, transparent) left / 3rem 100% local,
          linear-gradient(-90deg, var(--bg) 30%, transparent) right / 3rem 100% local,
          linear-gradient(90deg, var(--shade), transparent) left / 1rem 100% scroll,
          linear-gradient(-90deg, var(--shade), transparent) right / 1rem 100% scroll; background-repeat: no-repeat; }
        table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding: 0 0 .4rem; }
        caption span { display: block; max-width: calc(100vw - 2rem); }
        td[colspan] { text-align: center; }
        td, th { padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
        td, thead th { text-align: right; vertical-align: top; }
        th { font-weight: 400; text-align: left; vertical-align: top; }
        thead th { color: var(--dim); font-weight: 600; vertical-align: bottom; }
        thead th:first-child { text-align: left; }
        th .swatch { display: block; margin: 0 0 0 auto; }
        th.size { font-weight: 700; background: var(--card); }
        td small { display: block; }
        small { color: var(--dim); font-size: .78rem; }
        th small { display: block; }
        td.won { background: var(--won); font-weight: 400; }
        td b { white-space: nowrap; }
        .model { white-space: nowrap; margin-left: .4rem; }
        .dir { color: var(--dim); }
        details { margin: .5rem 0; }
        summary { cursor: pointer; color: var(--dim); }
        dt { font-weight: 600; margin-top: .6rem; }
        dd { margin: 0; max-width: 58rem; }
        @media (max-width: 40rem) {
          h1 { font-size: 1.4rem; }
          .charts { gap: 1.75rem; }
          table { font-size: .78rem; }
          caption span { display: block; max-width: calc(100vw - 2rem); }
        td[colspan] { text-align: center; }
        td, th { padding: .3rem .2rem; }
          .model { display: block; margin: 0; }
          b .model { display: inline; }
          .model .swatch { display: none; }
          small { font-size: .7rem; }
        }
        @media print {
          :root { color-scheme: light; }
          main { max-width: none; padding: 0; }
          body { font-size: 11pt; }
          nav { display: none; }
          h2, figcaption, caption { break-after: avoid; }
          figure, tr, .doubts { break-inside: avoid; }
          .charts { grid-template-columns: 1fr 1fr; }
          .scroll { overflow: visible; }
          * { print-color-adjust: exact; }
          details::details-content { content-visibility: visible; height: auto; }
          summary { list-style: none; }
        }

        """);
}
