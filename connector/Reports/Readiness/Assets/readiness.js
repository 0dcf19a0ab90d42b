"use strict";
(() => {
  const PAGE = 50;
  const number = new Intl.NumberFormat("en-US");
  const rows = [];
  for (const part of document.querySelectorAll("script.rows")) rows.push(...JSON.parse(part.textContent));
  const bands = JSON.parse(document.getElementById("bands").textContent);
  const state = { query: "", band: "", page: 0 };
  const body = document.getElementById("rows");
  const tools = document.getElementById("tools");
  const pager = document.getElementById("pager");
  const status = document.getElementById("status");

  // Everything is put into the page as text; nothing is ever parsed as markup.
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, String(value));
    }
    element.append(...children);
    return element;
  };

  const haystack = row => row.text ??= row.filter(cell => typeof cell === "string").join("\n").toLowerCase();
  const shown = () => {
    const words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter(row => (state.band === "" || row[0] === state.band) && words.every(word => haystack(row).includes(word)));
  };

  const draw = () => {
    const found = shown();
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    state.page = Math.min(state.page, pages - 1);
    const from = state.page * PAGE;
    body.replaceChildren(...found.slice(from, from + PAGE).map(row => make("tr", {},
      make("td", { class: "band" }, row[0]), ...row.slice(1).map(cell => make("td", {}, cell)))));
    status.textContent = found.length === 0 ? "No one matches." :
      `${number.format(from + 1)} to ${number.format(Math.min(found.length, from + PAGE))} of ${number.format(found.length)}`;
    const step = (label, by, enabled) => {
      const button = make("button", { type: "button", onclick: () => { state.page += by; draw(); } }, label);
      button.disabled = !enabled;
      return button;
    };
    pager.replaceChildren(step("Back", -1, state.page > 0), `page ${number.format(state.page + 1)} of ${number.format(pages)}`,
      step("Next", 1, state.page + 1 < pages));
    for (const chip of tools.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", String(chip.dataset.band === state.band));
  };

  const search = make("input", { type: "search", placeholder: "Search people", "aria-label": "Search people",
    oninput: event => { state.query = event.target.value; state.page = 0; draw(); } });
  const chips = bands.map(([band, people]) => {
    const chip = make("button", { type: "button", class: "chip", onclick: () => { state.band = state.band === band ? "" : band; state.page = 0; draw(); } },
      band, make("span", { class: "count" }, number.format(people)));
    chip.dataset.band = band;
    return chip;
  });
  tools.replaceChildren(search, ...chips);
  draw();
})();
