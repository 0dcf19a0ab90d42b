"use strict";
(() => {
  const PAGE = 50;
  const LIMIT = 300000; // rows kept without being asked; more are loaded on demand
  const head = JSON.parse(document.getElementById("head").textContent);
  const number = new Intl.NumberFormat("en-US");
  const rows = [];
  const seen = new Set();
  const state = { query: "", situation: -1, action: -1, outcome: -1, flag: 0, finding: -1, page: 0 };
  const signClass = ["add", "change", "delete", "move", "set", "held", "unread", "invalid"];
  let shown = [];
  let nextShard = 0;
  let loading = true;
  let allowed = LIMIT;

  // Everything is put into the page as text; nothing is ever parsed as markup.
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === false || value === null || value === undefined) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    for (const child of children.flat()) if (child !== null && child !== undefined && child !== "") element.append(child);
    return element;
  };

  const haystack = row => row.t ??= [row.u, row.d, row.i, row.p,
    ...(row.c || []).flatMap(c => [c[1], c[2], c[3], ...c.slice(4).flatMap(o => o.filter(v => typeof v === "string"))]),
    ...(row.h || []).flatMap(h => [h[0], h[1], h[3]]), ...(row.m || []).flatMap(m => [m[1], m[2]])].filter(Boolean).join("\n").toLowerCase();

  const matches = (row, words) =>
    (state.situation < 0 || row.s === state.situation) &&
    (state.finding < 0 || row.f === state.finding) &&
    (state.outcome < 0 || row.o === state.outcome) &&
    (state.flag === 0 || ((row.g || 0) & state.flag) !== 0) &&
    (state.action < 0 || (row.c || []).some(c => c.slice(4).some(o => o[0] === state.action))) &&
    words.every(word => haystack(row).includes(word));

  const filter = () => {
    const words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
    const buckets = head.findings.map(() => []);
    for (const row of rows) if (matches(row, words)) buckets[row.f].push(row);
    shown = buckets.flat(); // worst finding first, source order within
    state.page = Math.min(state.page, Math.max(0, Math.ceil(shown.length / PAGE) - 1));
  };

  const take = more => {
    for (const row of more) {
      if (seen.has(row.n)) continue;
      if (head.shards.length) seen.add(row.n);
      rows.push(row);
    }
  };

  // ---- one user
  const value = text => make("span", { class: "value", dir: "auto" }, text);
  const change = (c, full) => make("li", { class: signClass[c[0]] },
    make("span", { class: "sign", title: head.meanings[c[0]], "aria-label": head.meanings[c[0]] }, head.signs[c[0]]),
    make("span", { class: "what" }, c[1]),
    c[2] !== null ? value(c[2]) : "", c[2] !== null && c[3] !== null ? make("span", { class: "arrow", "aria-label": "becomes" }, "→") : "", c[3] !== null ? value(c[3]) : "",
    c.slice(4).map(o => o[3] ? make("span", { class: "outcome " + o[3].replace(" ", "-") }, o[3]) : ""),
    full ? c.slice(4).map(operation) : "");
  const operation = o => make("div", { class: "operation" },
    `${head.actions[o[0]]} ${o[1]}: ${Object.hasOwn(head.reasons, o[2]) ? head.reasons[o[2]] : o[2]}`,
    o[7] ? make("span", {}, `, sent ${o[7]}${o[8] ? `, seen by a read ${o[8]}` : o[3] === "done" ? ", not seen by a read yet" : ""}`) : "",
    o[4] && o[3] !== "already so" ? make("p", { class: "error" }, make("code", {}, o[4]), " ", o[5] || "", o[6] ? make("span", { class: "quiet" }, ` request ${o[6]}`) : "") : "");
  const methods = row => row.b === undefined ? "" : make("span",
    { class: "methods" + (row.a < row.b ? " fewer" : ""), title: "usable methods before and after" },
    row.a === undefined || row.a === row.b ? `${row.b}` : `${row.b} → ${row.a}`, make("span", { class: "unit" }, row.b === 1 && (row.a ?? 1) === 1 ? " method" : " methods"));
  const badge = (text, name) => make("span", { class: "badge " + (name || "") }, text);
  const details = row => make("div", { class: "details" },
    make("ul", { class: "changes" }, (row.c || []).map(c => change(c, true))),
    (row.h || []).map(h => make("p", { class: "heldline" }, badge("held", "held"), make("b", {}, h[0]), " ", make("code", {}, h[1]), " ", h[3], make("span", { class: "quiet" }, h[2] ? " (standing)" : " (to be looked at)"))),
    (row.m || []).map(m => make("p", { class: ["error", "warning", "note"][m[0]] }, badge(["error", "warning", "note"][m[0]], ["error", "warning", ""][m[0]]), make("code", {}, m[1]), " ", m[2], m[3] ? make("span", { class: "quiet" }, ` ${m[3]}`) : "")),
    make("p", { class: "quiet" }, `${row.i ? `object id ${row.i}, ` : ""}${row.p}${row.v === undefined ? "" : row.v ? ", verified by a read" : ", not verified"}`));
  const user = (row, open) => {
    const flags = row.g || 0;
    const first = row.c ? "" : make("span", { class: "sign " + (row.s === 2 ? "held" : row.s === 3 ? "invalid" : "unread") }, row.s === 2 ? "!" : row.s === 3 ? "x" : "?");
    const brief = row.c ? make("ul", { class: "changes" }, row.c.map(c => change(c, false)))
      : make("span", { class: "brief" }, row.h ? row.h.map(h => `${h[0]} held: ${h[3]}`).join(" ") : row.m ? row.m[0][2] : head.situations[row.s]);
    const item = make("details", { class: "user" + (head.bad.includes(row.f) ? " bad" : "") },
      make("summary", {}, make("span", { class: "who" }, first, make("b", { dir: "ltr" }, row.u || "(no user)"), row.d ? make("span", { class: "name" }, make("bdi", {}, row.d)) : ""),
        make("span", { class: "what-changes" }, brief),
        make("span", { class: "facts" }, methods(row), flags & 4 ? badge("privileged", "warning") : "", flags & 8 ? badge("last phone", "error") : "",
          row.o !== undefined ? badge(head.outcomes[row.o], "outcome " + head.outcomes[row.o]) : "")));
    if (open) { item.append(details(row)); item.open = true; }
    item.addEventListener("toggle", () => { if (item.open && !item.querySelector(".details")) item.append(details(row)); });
    return make("li", {}, item);
  };

  // ---- the list and its controls
  const list = make("ol", { class: "users", "aria-live": "off" });
  const status = make("p", { class: "status", role: "status" });
  const pager = make("nav", { class: "pager", "aria-label": "Pages" });
  const search = make("input", { type: "search", placeholder: "Search user, number, code…", "aria-label": "Search", autocomplete: "off", spellcheck: "false" });
  const groups = make("div", { class: "filters" });

  const users = count => `${number.format(count)} ${count === 1 ? "user" : "users"}`;
  const fill = (page, open) => {
    const items = [];
    let last = -1;
    for (const row of page) {
      if (row.f !== last) items.push(make("li", { class: "heading" }, make("h3", {}, head.findings[row.f], make("span", { class: "quiet" }, ` ${users(head.counts[row.f] || 0)}`))));
      last = row.f;
      items.push(user(row, open));
    }
    list.replaceChildren(...items);
  };
  const draw = () => {
    const from = state.page * PAGE;
    const page = shown.slice(from, from + PAGE);
    fill(page, false);
    list.classList.toggle("empty", page.length === 0);
    const of = rows.length < head.rows ? ` (${number.format(rows.length)} of ${number.format(head.rows)} loaded)` : "";
    status.textContent = shown.length === 0 ? (loading ? `Loading…${of}` : `No user matches.${of}`)
      : `${number.format(from + 1)}–${number.format(from + page.length)} of ${users(shown.length)}${of}`;
    const go = (name, to, on) => make("button", { type: "button", disabled: !on, onclick: () => turn(to) }, name);
    const lastPage = Math.max(0, Math.ceil(shown.length / PAGE) - 1);
    const more = !loading && nextShard < head.shards.length
      ? make("button", { type: "button", onclick: () => { allowed += LIMIT; loading = true; draw(); shard(); } }, "Load more users") : "";
    pager.replaceChildren(go("First", 0, state.page > 0), go("Previous", state.page - 1, state.page > 0),
      make("span", {}, `page ${number.format(state.page + 1)} of ${number.format(lastPage + 1)}`), go("Next", state.page + 1, state.page < lastPage), go("Last", lastPage, state.page < lastPage), more);
  };
  // A print-out holds every user of the filter, with all details, up to the bound of the page; the filter stands above them in words.
  const print = () => {
    while (chunks.length) takeChunk();
    filter();
    fill(shown.slice(0, head.printed), true);
    const chosen = [...document.querySelectorAll("[aria-pressed=true]")].map(button => button.dataset.name);
    if (state.query.trim()) chosen.unshift(`search "${state.query.trim()}"`);
    status.textContent = `${shown.length > head.printed ? `The first ${number.format(head.printed)} of ${users(shown.length)}; filter the list to print the others` : users(shown.length)}`
      + `${rows.length < head.rows ? ` (${number.format(rows.length)} of ${number.format(head.rows)} loaded)` : ""}${chosen.length ? `. Filter: ${chosen.join(", ")}` : ""}.`;
  };
  window.addEventListener("beforeprint", print);
  window.addEventListener("afterprint", () => draw());

  const turn = to => { state.page = Math.max(0, Math.min(to, Math.ceil(shown.length / PAGE) - 1)); draw(); status.scrollIntoView({ block: "nearest" }); };
  const update = () => { filter(); draw(); };

  const chips = (label, key, names, counts, off) => {
    const buttons = names.map((name, i) => [name, i, counts[i]]).filter(b => b[2] > 0).map(([name, i, count]) => {
      const on = key === "flag" ? head.sections[i][0] : i;
      const button = make("button", { type: "button", class: "chip", "aria-pressed": "false", "data-name": `${label.toLowerCase()} ${name}`, onclick: () => {
        state[key] = state[key] === on ? off : on;
        state.page = 0;
        mark();
        update();
      } }, name, make("span", { class: "count" }, number.format(count)));
      button.isOn = () => state[key] === on;
      return button;
    });
    if (buttons.length) groups.append(make("div", { class: "chips", role: "group", "aria-label": label }, make("span", { class: "label" }, label), buttons));
  };
  const mark = () => {
    for (const chip of groups.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", String(chip.isOn()));
    for (const item of document.querySelectorAll("[data-finding] button")) item.setAttribute("aria-pressed", String(state.finding === Number(item.parentElement.dataset.finding)));
  };

  chips("Sections", "flag", head.sections.map(s => s[1]), head.sections.map(s => s[2]), 0);
  chips("Situation", "situation", head.situations, head.situationCounts.map((c, i) => i === 0 ? 0 : c), -1);
  chips("Action", "action", head.actions, head.actionCounts, -1);
  if (head.outcomes) chips("Outcome", "outcome", head.outcomes, head.outcomeCounts, -1);

  for (const item of document.querySelectorAll("[data-finding]")) {
    const button = make("button", { type: "button", "aria-pressed": "false", "data-name": item.querySelector("span").textContent, onclick: () => {
      const finding = Number(item.dataset.finding);
      state.finding = state.finding === finding ? -1 : finding;
      state.page = 0;
      mark();
      update();
      if (state.finding >= 0) document.getElementById("users").scrollIntoView();
    } }, ...item.childNodes);
    item.replaceChildren(button);
  }

  let timer = 0;
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => { state.query = search.value; state.page = 0; update(); }, 120); });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search) { if (event.key === "Escape") { search.value = state.query = ""; state.page = 0; update(); search.blur(); } return; }
    const items = [...list.querySelectorAll("summary")];
    const at = items.indexOf(document.activeElement);
    const focus = i => { items[i]?.focus(); event.preventDefault(); };
    if (event.key === "/") { search.focus(); event.preventDefault(); }
    else if (event.key === "j") focus(at + 1);
    else if (event.key === "k") focus(Math.max(0, at - 1));
    else if (event.key === "n") turn(state.page + 1);
    else if (event.key === "p") turn(state.page - 1);
  });

  document.getElementById("app").append(make("div", { class: "tools" }, search,
    make("span", { class: "keys quiet" }, "Keys: / search, j k users, Enter opens, n p pages"), groups), status, list, pager);

  // ---- commands: a button that copies; where that is not allowed, what is to be copied is selected
  for (const command of document.querySelectorAll(".command")) {
    const code = command.querySelector("code");
    const button = make("button", { type: "button", onclick: async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        button.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    } }, "Copy");
    command.append(button);
  }

  // ---- times: the reader's own beside UTC
  for (const time of document.querySelectorAll("time")) {
    const at = new Date(time.dateTime);
    const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(at);
    if (at.getTimezoneOffset() !== 0) time.append(make("span", { class: "local" }, ` (${local} your time)`));
  }

  // ---- rows: first those in the page, then the shards
  const chunks = [...document.querySelectorAll("script.rows")];
  const takeChunk = () => {
    const chunk = chunks.shift();
    take(JSON.parse(chunk.textContent));
    chunk.remove();
  };
  const inline = () => {
    const until = performance.now() + 40;
    while (chunks.length && performance.now() < until) takeChunk();
    if (chunks.length) { status.textContent = `Loading ${number.format(rows.length)} of ${number.format(head.rows)}…`; setTimeout(inline); return; }
    loading = head.shards.length > 0;
    update();
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
    if (loading) shard();
  };
  const shard = () => {
    if (nextShard >= head.shards.length || rows.length >= allowed) { loading = false; update(); return; }
    const script = make("script", { src: encodeURIComponent(head.shards[nextShard++]) });
    const end = () => { script.remove(); setTimeout(shard); };
    script.addEventListener("load", end);
    script.addEventListener("error", () => { loading = false; draw(); status.textContent += ` – ${head.shards[nextShard - 1]} is missing beside this page`; });
    document.head.append(script);
  };
  window.reportRows = more => { take(more); filter(); if (state.page === 0) draw(); };
  draw();
  setTimeout(inline);
})();
