"use strict";
(async () => {
  const root = location.origin + location.pathname.replace(/\/api\/v1\/?$/, "");
  const make = (name, text, cls) => { const e = document.createElement(name); if (text !== undefined) e.textContent = text; if (cls) e.className = cls; return e; };
  const about = document.getElementById("about");
  const headers = () => { const key = document.getElementById("key").value.trim(); return key ? { Authorization: "Bearer " + key } : {}; };

  const field = (table, parameter) => {
    const row = table.insertRow();
    row.insertCell().append(make("code", parameter.name));
    let input;
    const values = parameter.schema.enum || (parameter.schema.type === "boolean" ? ["", "true", "false"] : null);
    if (values) { input = make("select"); for (const value of values) input.append(make("option", value)); }
    else { input = make("input"); input.autocomplete = "off"; }
    input.setAttribute("aria-label", parameter.name);
    row.insertCell().append(input);
    row.insertCell().append(make("span", parameter.description, "quiet"));
    return () => input.value.trim();
  };

  const show = (path, method, operation) => {
    const box = make("details");
    const head = make("summary");
    head.append(make("b", method.toUpperCase(), method), make("span", operation.summary + " "), make("code", path, "quiet"));
    box.append(head, make("p", operation.description));
    const table = make("table");
    const fields = [];
    for (const parameter of operation.parameters) {
      const shared = parameter.in === "path" && document.getElementById(parameter.name);
      fields.push({ parameter, read: shared ? () => shared.value.trim() : field(table, parameter) });
    }
    box.append(table);
    let body = null;
    if (operation.requestBody) {
      body = make("textarea", JSON.stringify(operation.requestBody.content["application/json"].example, null, 2));
      body.setAttribute("aria-label", "Body");
      box.append(body);
    }
    const send = make("button", "Send");
    const answer = make("pre");
    answer.hidden = true;
    send.addEventListener("click", async () => {
      let url = path;
      const query = new URLSearchParams();
      const sent = headers();
      answer.hidden = false;
      for (const { parameter, read } of fields) {
        const value = read();
        if (parameter.in === "path") {
          if (!value) { answer.textContent = "Fill in '" + parameter.name + "'."; return; }
          url = url.replace("{" + parameter.name + "}", () => encodeURIComponent(value));
        } else if (value && parameter.in === "query") query.set(parameter.name, value);
        else if (value) sent[parameter.name] = value;
      }
      const dry = query.get("dryRun") === "true" || sent["X-Dry-Run"] === "true";
      if (method !== "get" && operation.operationId !== "PlanUser" && !dry && !confirm(operation.summary + "?\nThis changes the tenant. With dryRun=true nothing is written.")) { answer.hidden = true; return; }
      if (body && body.value.trim()) sent["Content-Type"] = "application/json";
      answer.textContent = "…";
      send.disabled = true;
      try {
        const text = query.toString();
        const response = await fetch(root + url + (text ? "?" + text : ""), { method: method.toUpperCase(), headers: sent, body: body && body.value.trim() ? body.value : undefined, cache: "no-store" });
        let shown = await response.text();
        try { shown = JSON.stringify(JSON.parse(shown), null, 2); } catch { /* Shown as it is. */ }
        const told = ["ETag", "Retry-After", "X-ForgeRock-TransactionId"].filter(n => response.headers.get(n)).map(n => n + ": " + response.headers.get(n));
        answer.textContent = [response.status + " " + response.statusText, ...told, "", shown].join("\n");
      } catch (trouble) { answer.textContent = "No answer: " + trouble.message; }
      send.disabled = false;
    });
    box.append(send, answer);
    return box;
  };

  try {
    const response = await fetch(root + "/api/v1/openapi.json", { cache: "no-store" });
    if (!response.ok) throw new Error(response.status + " " + response.statusText);
    const description = await response.json();
    about.textContent = description.info.description;
    const list = document.getElementById("operations");
    for (const [path, methods] of Object.entries(description.paths)) for (const [method, operation] of Object.entries(methods)) list.append(show(path, method, operation));
  } catch (trouble) { about.textContent = "The description cannot be had: " + trouble.message; }
})();
