extension Assets {
    /// The only script: search, the choice between light and dark, colors in code. Pages are whole without it.
    static let script = search + page

    /// Finding entries: no part of it touches the page, so that it can be tested by itself.
    private static let search = #"""
        "use strict";

        // Kinds of entries in the order of their numbers in search.js: folder, title, and what places one of two equals
        // before the other.
        const kinds = [
          ["methods", "method", 6], ["types", "type", 5], ["constructors", "constructor", 3], ["errors", "error", 4],
          ["families", "family of errors", 2], ["namespaces", "namespace", 7], ["", "method of the client", 4],
          ["", "built in", 1],
        ];
        let entries = [];

        // Words of a name: at capitals, underscores, dots and digits.
        function partsOf(name) {
          return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|%d/g) || []).map(part => part.toLowerCase());
        }

        // Without what separates words: "send message", "send_message" and "sendMessage" are the same.
        function joined(text) {
          return text.toLowerCase().replace(/[\s_]+/g, "");
        }

        // Other names of an entry: those that mean it and nothing else, and for a method, which has its number first,
        // those of the client's methods that call it.
        function namesOf(kind, others) {
          return kind === 0 ? { others: others.slice(0, 1), callers: others.slice(1) } : { others, callers: [] };
        }

        // Called by search.js.
        function telegramIndex(rows) {
          entries = rows.map(([kind, name, file, others, words]) => {
            const last = name.slice(name.lastIndexOf(".") + 1);
            return {
              kind, name, words, lower: name.toLowerCase(), last: last.toLowerCase(), joined: joined(last),
              parts: partsOf(last), initials: partsOf(last).map(part => part[0]).join(""), text: words.toLowerCase(),
              ...namesOf(kind, others ? others.toLowerCase().split(" ") : []),
              path: file || kinds[kind][0] + "/" + name + ".html",
            };
          });
        }

        // What somebody may have meant: the text itself, and what it is in other spellings.
        function readingsOf(query) {
          const text = query.trim();
          // A name with something behind it, unless the query is just words.
          const start = text.split(/[\s(:,]/)[0];
          const first = start === text || /[._#\d(:]|[a-z][A-Z]/.test(text.slice(0, start.length + 1)) ? start : "";
          const readings = new Set([text.toLowerCase(), first.toLowerCase()]);
          const number = /^(?:0x|#)?([0-9a-f]{1,8})$/i.exec(first) || /#([0-9a-f]{8})\b/i.exec(text);
          if (number && (first.length >= 8 || /^(0x|#)/.test(first) || number.index)) {
            readings.add(number[1].toLowerCase().padStart(8, "0"));
          }
          // A line of a schema, perhaps of another layer with other numbers.
          readings.add(first.split("#")[0].toLowerCase());
          // An error as it was logged, or told: numbers stand where the table has a mark.
          const errors = text.match(/[a-z0-9]+(?:_[a-z0-9]+)+/gi) || [];
          if (/^[\w\s]+$/.test(text)) errors.push(text.replace(/\s+/g, "_"));
          for (const error of errors) {
            readings.add(error.toLowerCase());
            readings.add(error.toLowerCase().replace(/(^|_)\d+(?=_|min|$)/g, "$1%d"));
            readings.add(error.toLowerCase().replace(/_x(_|$)/g, "_%d$1"));
          }
          // Paths of other libraries, and of this one.
          const path = first.replace(/^(?:telethon\.|tl\.)*(?:(?:functions|types|errors|rpcerrorlist|raw)\.)+/i, "")
            .replace(/^(?:TL|RPCError|client)\./, "").replace(/Request$/, "");
          readings.add(path.toLowerCase());
          readings.add(path.replace(/Error$/, "").toLowerCase());
          readings.delete("");
          return readings;
        }

        // What a path may mean that nothing is called: its last two names, or the last ("TL.InputPeer.inputPeerUser").
        function endsOf(query) {
          const names = query.trim().split(/[\s(:,#]/)[0].split(".").filter(name => name);
          const ends = new Set([names.slice(-2).join("."), names.slice(-1).join("")]);
          return [...ends].filter(end => end && end !== query);
        }

        // Whether the letters of a query are the beginnings of words in their order: "sendmed", "gfc".
        function fitsParts(query, parts, from = 0) {
          if (!query) return true;
          for (let at = from; at < parts.length; at++) {
            const part = parts[at];
            let length = 0;
            while (length < part.length && length < query.length && part[length] === query[length]) length++;
            for (; length > 0; length--) if (fitsParts(query.slice(length), parts, at + 1)) return true;
          }
          return false;
        }

        function scoreOf(entry, readings, plain, whole, words) {
          // A method of the client is called as the one of the API that most people mean.
          if (readings.has(entry.lower)) return entry.kind === 6 ? 940 : 1000;
          if (entry.others.some(other => readings.has(other))) return 1000;
          if (readings.has(entry.last)) return 950;
          if (entry.callers.some(caller => readings.has(caller))) return 930;
          if (entry.joined === whole) return 900;
          if (whole.length > 2 && entry.joined.startsWith(whole)) return 800;
          let score = 0;
          if (plain) {
            if (entry.last.startsWith(plain) || entry.lower.startsWith(plain)) return 800;
            if (entry.others.some(other => other.startsWith(plain))) return 760;
            if (plain.length > 1 && entry.initials.startsWith(plain)) return 700;
            // Long names could be read in too many ways.
            const isReadable = plain.length > 1 && entry.parts.length < 12 && plain[0] === entry.initials[0];
            if (isReadable && fitsParts(plain, entry.parts)) {
              score = 600;
            } else if (entry.lower.includes(plain)) {
              score = 400;
            }
          }
          if (!score && words.length) {
            let inName = 0;
            let inText = 0;
            for (const word of words) {
              if (entry.parts.some(part => part.startsWith(word)) || entry.lower.includes(word)) inName++;
              else if (entry.text.includes(word)) inText++;
              else return 0;
            }
            score = inText ? 200 + 100 * inName / words.length : 500;
          }
          return score;
        }

        // The best entries for what was typed, the best first.
        function find(query, limit = 40) {
          const found = findAs(query, limit);
          if (found.length || !query.includes(".")) return found;
          return [...new Set(endsOf(query).flatMap(end => findAs(end, limit)))].slice(0, limit);
        }

        function findAs(query, limit) {
          const text = query.trim().toLowerCase();
          if (!text) return [];
          const readings = readingsOf(query);
          const plain = text.includes(" ") ? "" : [...readings].find(reading => !reading.includes("#")) || text;
          const whole = joined(text);
          const words = text.split(/[^\p{L}\p{N}_.%]+/u).filter(word => word.length > 1);
          const found = [];
          for (const entry of entries) {
            const score = scoreOf(entry, readings, plain, whole, words);
            if (score) found.push([score + kinds[entry.kind][2] - entry.name.length / 20, entry]);
          }
          found.sort((a, b) => b[0] - a[0] || (a[1].name < b[1].name ? -1 : 1));
          return found.slice(0, limit).map(pair => pair[1]);
        }

        """#

    /// What happens on the page.
    private static let page = #"""

        (() => {
          const site = new URL(".", document.currentScript.src).href;
          const header = document.querySelector("header");
          const box = document.createElement("div");
          box.className = "search";
          box.setAttribute("role", "search");
          box.innerHTML = '<input type="search" role="combobox" aria-expanded="false" aria-controls="results" ' +
            'aria-autocomplete="list" aria-label="Search" placeholder="Search (press /)" autocomplete="off" ' +
            'autocapitalize="off" spellcheck="false"><button type="button"></button>' +
            '<ul id="results" role="listbox" aria-label="Found" hidden></ul><p role="status" hidden></p>';
          header.append(box);
          const [input, button, list, status] = box.children;
          let selected = -1;
          let loading = null;

          // The index is the largest file of the site: it is loaded when somebody wants to search.
          function load() {
            loading ||= new Promise((done, failed) => {
              const script = document.createElement("script");
              script.src = site + "search.js";
              script.onload = done;
              // The next attempt may find the network back.
              script.onerror = () => { loading = null; script.remove(); failed(); };
              document.head.append(script);
            });
            return loading;
          }

          function element(name, text) {
            const element = document.createElement(name);
            element.textContent = text;
            return element;
          }

          function select(index) {
            const items = list.querySelectorAll("li");
            if (items[selected]) items[selected].setAttribute("aria-selected", "false");
            selected = items.length ? (index + items.length) % items.length : -1;
            if (selected < 0) return input.removeAttribute("aria-activedescendant");
            items[selected].setAttribute("aria-selected", "true");
            items[selected].scrollIntoView({ block: "nearest" });
            input.setAttribute("aria-activedescendant", items[selected].id);
          }

          // A list box may hold nothing but its options, so what else there is to say stands in its place.
          function show(isOpen, message = "") {
            list.hidden = !isOpen || Boolean(message);
            status.hidden = !isOpen || !message;
            status.textContent = message;
            input.setAttribute("aria-expanded", String(!list.hidden));
          }

          function update() {
            const query = input.value;
            const found = find(query);
            list.replaceChildren(...found.map((entry, index) => {
              const item = document.createElement("li");
              item.id = "result-" + index;
              item.setAttribute("role", "option");
              item.setAttribute("aria-selected", "false");
              const link = document.createElement("a");
              link.href = site + entry.path.replaceAll("%", "%25");
              link.tabIndex = -1;
              link.append(element("b", entry.name), " ", element("i", kinds[entry.kind][1]));
              if (entry.words) link.append(element("small", entry.words.replaceAll("`", "")));
              item.append(link);
              return item;
            }));
            selected = -1;
            select(0);
            show(Boolean(query.trim()), found.length ? "" : "Nothing found.");
            document.documentElement.dataset.found = String(found.length);
          }

          function search() {
            load().then(update, () => show(true, "The index could not be loaded."));
          }

          input.addEventListener("focus", () => { load().catch(() => {}); if (input.value.trim()) search(); });
          input.addEventListener("input", search);
          input.addEventListener("keydown", event => {
            if (event.key === "ArrowDown" || event.key === "ArrowUp") {
              event.preventDefault();
              if (list.hidden) search(); else select(selected + (event.key === "ArrowDown" ? 1 : -1));
            } else if (event.key === "Enter") {
              const link = list.querySelector("[aria-selected=true] a");
              if (link && !list.hidden) { event.preventDefault(); link.click(); show(false); }
            } else if (event.key === "Escape") {
              if (list.hidden && status.hidden) input.blur(); else { event.preventDefault(); show(false); }
            }
          });
          // Where a click does not move the focus to a link, it must not leave the box either: the list would be gone.
          list.addEventListener("mousedown", event => event.preventDefault());
          box.addEventListener("focusout", event => { if (!box.contains(event.relatedTarget)) show(false); });
          document.addEventListener("keydown", event => {
            const isTyping = /^(input|textarea|select)$/i.test(event.target.tagName || "");
            const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
            if (!isSlash && !(event.key === "k" && (event.ctrlKey || event.metaKey))) return;
            event.preventDefault();
            input.focus();
            input.select();
          });
          document.addEventListener("pointerdown", event => { if (!box.contains(event.target)) show(false); });

          const asked = new URLSearchParams(location.search).get("q");
          if (asked) {
            input.value = asked;
            input.focus();
          }

          // What is on the page, beside it where there is room.
          const headings = [...document.querySelectorAll("h2")];
          if (headings.length > 2) {
            const contents = document.createElement("nav");
            contents.className = "toc";
            contents.setAttribute("aria-label", "On this page");
            contents.append(...headings.map(heading => {
              const link = element("a", heading.textContent);
              link.href = "#" + heading.id;
              return link;
            }));
            document.querySelector("main").append(contents);
          }

          // Light, dark, or what the system says; a browser may forbid pages from a disk to remember it.
          const themes = [
            ["auto", "", "Light and dark as the system has it"], ["light", "light", "Light"], ["dark", "dark", "Dark"],
          ];
          let theme = 0;
          function apply(index) {
            theme = index;
            document.documentElement.style.colorScheme = themes[index][1];
            button.textContent = ["\u25D0", "\u25CB", "\u25CF"][index];
            button.title = themes[index][2];
            button.setAttribute("aria-label", "Colors: " + themes[index][2]);
          }
          let stored = -1;
          try { stored = themes.findIndex(theme => theme[0] === localStorage.getItem("theme")); } catch {}
          apply(Math.max(0, stored));
          button.addEventListener("click", () => {
            apply((theme + 1) % themes.length);
            try { localStorage.setItem("theme", themes[theme][0]); } catch {}
          });

          // Comments, texts, keywords, numbers and types, colored in this order of classes.
          const tokens = new RegExp([
            /(\/\/.*)/, /("(?:[^"\\]|\\.)*")/,
            /\b(let|do|catch|try|await|as|if|switch|case|default|break|print|true|false|nil)\b/,
            /\b(0x[0-9A-Fa-f_]+|\d[\d_.]*)\b/,
            /\b((?:TL|RPCError)\b(?:\.\w+)*|Int32|Int64|Double|String|Bool|UInt8|Task)/,
          ].map(part => part.source).join("|"), "g");
          const classes = ["c", "s", "k", "n", "t"];
          for (const code of document.querySelectorAll("pre.swift code")) {
            const text = code.textContent;
            const pieces = [];
            let end = 0;
            for (const match of text.matchAll(tokens)) {
              pieces.push(text.slice(end, match.index));
              const span = element("span", match[0]);
              span.className = classes[match.slice(1).findIndex(group => group !== undefined)];
              pieces.push(span);
              end = match.index + match[0].length;
            }
            code.replaceChildren(...pieces, text.slice(end));
          }
        })();

        """#
}
