extension Assets {
    /// The only style sheet. Colors come in pairs for light and dark; the script may choose one against the system's
    /// choice.
    static let styleSheet = """
        :root {
          color-scheme: light dark;
          --page: #fff; --text: #1c1f24; --quiet: #5c636e; --line: #dfe3e8; --raised: #f5f7f9;
          --link: #0f62a8; --mark: #e9eef4; --warm: #8a3b12; --green: #1a6b3c; --violet: #6b3fa0;
        }
        @supports (color: light-dark(#fff, #000)) {
          :root {
            --page: light-dark(#fff, #14171b); --text: light-dark(#1c1f24, #e3e6ea);
            --quiet: light-dark(#5c636e, #9aa3ae); --line: light-dark(#dfe3e8, #2c323a);
            --raised: light-dark(#f5f7f9, #1c2026); --link: light-dark(#0f62a8, #79b8f3);
            --mark: light-dark(#e9eef4, #262d36); --warm: light-dark(#8a3b12, #f0a878);
            --green: light-dark(#1a6b3c, #7fcf9f); --violet: light-dark(#6b3fa0, #c3a5f0);
          }
        }
        * { box-sizing: border-box; }
        html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
        body {
          margin: 0; background: var(--page); color: var(--text);
          font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
        }
        a { color: var(--link); text-decoration: none; }
        a:hover { text-decoration: underline; }
        :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
        .skip { position: absolute; left: -99rem; }
        .skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .25rem .5rem; z-index: 3; }

        header {
          display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.25rem; padding: .5rem 1.25rem;
          border-bottom: 1px solid var(--line); background: var(--raised);
        }
        header > a { color: var(--quiet); white-space: nowrap; }
        header b { color: var(--text); }
        header nav { display: flex; gap: 0 1rem; flex-wrap: wrap; }
        header nav a { color: var(--quiet); padding: .3rem 0; }
        header nav a[aria-current] { color: var(--text); box-shadow: inset 0 -2px var(--link); }
        .search { position: relative; flex: 1 1 16rem; display: flex; gap: .5rem; }
        .search input {
          flex: 1; min-width: 0; font: inherit; color: inherit; background: var(--page);
          border: 1px solid var(--line); border-radius: 8px; padding: .3rem .7rem;
        }
        .search button {
          font: inherit; color: var(--quiet); background: none; border: 1px solid var(--line); border-radius: 8px;
          padding: .3rem .6rem; cursor: pointer;
        }
        #results, .search p {
          position: absolute; z-index: 2; top: 100%; left: 0; right: 0; margin: .3rem 0 0; padding: .3rem;
          list-style: none; max-height: min(70vh, 36rem); overflow-y: auto; background: var(--page);
          border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 8px 28px rgb(0 0 0 / .18);
        }
        #results li { border-radius: 6px; }
        #results li[aria-selected=true] { background: var(--mark); }
        #results a { display: block; padding: .3rem .6rem; color: var(--text); text-decoration: none; }
        #results b { font-weight: 600; overflow-wrap: anywhere; }
        #results small {
          display: block; color: var(--quiet); overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
        }
        #results p { margin: 0; padding: .4rem .6rem; color: var(--quiet); }

        main { max-width: 54rem; margin: 0 auto; padding: 1.25rem 1.25rem 5rem; }
        .trail { color: var(--quiet); font-size: .9rem; }
        h1 { font-size: 1.75rem; line-height: 1.25; margin: .3rem 0 .5rem; overflow-wrap: anywhere; }
        h1 small { font-size: .95rem; font-weight: 400; color: var(--quiet); white-space: nowrap; }
        h2 { font-size: 1.15rem; margin: 2.1rem 0 .6rem; }
        h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
        p { margin: .6rem 0; overflow-wrap: break-word; }
        .lead { font-size: 1.1rem; max-width: 44rem; }
        .facts { display: flex; flex-wrap: wrap; gap: .4rem; margin: .4rem 0 .8rem; }
        i { font-style: normal; color: var(--quiet); font-size: .85em; }
        .facts i, .facts code {
          background: var(--mark); border-radius: 99px; padding: .1rem .65rem; font-size: .85rem; color: var(--text);
        }
        code, pre, .names {
          font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .875em;
        }
        code { overflow-wrap: anywhere; }
        p code, dd code, li code { background: var(--raised); border-radius: 4px; padding: .05em .25em; }
        a code { background: none !important; padding: 0 !important; }
        pre {
          margin: .6rem 0; padding: .8rem 1rem; overflow-x: auto; background: var(--raised);
          border: 1px solid var(--line); border-radius: 8px; line-height: 1.5; tab-size: 4;
        }
        pre code { font-size: 1em; overflow-wrap: normal; }
        pre.tl { white-space: pre-wrap; color: var(--quiet); }
        dl { margin: .4rem 0; }
        dt { border-top: 1px solid var(--line); padding-top: .5rem; overflow-wrap: anywhere; scroll-margin-top: 1rem; }
        dt:target { background: var(--mark); }
        dd { margin: 0 0 .5rem; max-width: 46rem; }
        dd:empty { margin-bottom: .35rem; }
        ul { padding-left: 1.25rem; }
        .names { columns: 17rem auto; column-gap: 1.5rem; list-style: none; padding: 0; margin: .5rem 0; }
        .names li { break-inside: avoid; overflow-wrap: anywhere; padding: .1rem 0; }
        .jumps { display: flex; flex-wrap: wrap; gap: .3rem .4rem; list-style: none; padding: 0; }
        .jumps a {
          display: block; min-width: 2.1rem; text-align: center; padding: .15rem .5rem; border-radius: 6px;
          background: var(--mark);
        }
        .toc { display: none; }
        table { border-collapse: collapse; margin: .8rem 0; display: block; overflow-x: auto; }
        th, td { text-align: left; padding: .35rem 1.2rem .35rem 0; border-bottom: 1px solid var(--line); }
        td:first-child { white-space: nowrap; }
        td + td, th + th { text-align: right; font-variant-numeric: tabular-nums; }
        .k { color: var(--violet); } .s { color: var(--warm); } .n { color: var(--warm); } .t { color: var(--green); }
        .c { color: var(--quiet); }

        @media (max-width: 40rem) {
          header { padding: .5rem .9rem; }
          header nav { gap: 0 .55rem; font-size: .8rem; }
          .search { flex-basis: 100%; }
          main { padding: .9rem .9rem 4rem; }
          h1 { font-size: 1.4rem; }
          .names li { padding: .3rem 0; }
        }
        @media (min-width: 78rem) {
          .toc {
            display: block; position: fixed; top: 6rem; left: calc(50% + 28.5rem); width: 9.5rem; font-size: .9rem;
          }
          .toc a { display: block; padding: .15rem .7rem; border-left: 2px solid var(--line); color: var(--quiet); }
        }
        @media print {
          header, .skip, .trail, .toc { display: none; }
          body { font-size: 10pt; }
          main { max-width: none; padding: 0; }
          pre { white-space: pre-wrap; break-inside: avoid; }
          dt { break-after: avoid; }
          a { color: inherit; }
        }
        @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }

        """
}
