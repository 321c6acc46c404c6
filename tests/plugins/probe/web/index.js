// The probe's screens: it fills every slot that there is, and uses all that it is given.
import { label } from "./parts/label.js";

const SLOTS = ["lesson.after", "exercise.after", "person.profile", "home.card", "nav"];

export function register(app) {
  app.style("probe.css");
  for (const slot of SLOTS) {
    // With plain elements: what it is about is told by its names.
    app.slot(slot, (place, about) => label(`probe: ${slot} ${Object.keys(about)}`, place));
  }
  // What a lesson is made of: a block, and a kind of exercise.
  app.block("probe_remark", (place, { block }) => app.ui.html`<${Remark} app=${app} block=${block} />`);
  app.exercise("probe_echo", (place, about) => app.ui.html`<${Echo} app=${app} ...${about} />`);
  app.menu({ label: app.t("probe"), to: "/probe" });
  // With a template, which the front end draws.
  app.route("/probe", () => app.ui.html`<${Notes} app=${app} />`);
  app.route("/probe/notes/:id", (place, { id }) => label(`note ${id}`, place));
  app.route("/probe/broken", () => app.ui.html`<${Broken} />`);
}

function Notes({ app }) {
  const { html, useEffect, useState } = app.ui;
  const [notes, setNotes] = useState(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    app.api.get("/probe/notes").then((page) => setNotes(page.items.length), (refused) => setSaid(refused.code));
  }, []);
  return html`<h1>${app.t("probe")}</h1>
    <p>${app.t("here", { school: app.school.name, name: app.me?.first_name ?? "" })} ${said}</p>
    ${notes !== null && html`<p class="probe">${app.t("notes", { number: notes })}</p>`}
    <p>${app.version} ${app.language} ${app.tokens("color.ink")}</p>
    <button onClick=${() => app.go("/probe/notes/7")}>${app.t("seventh")}</button>`;
}

function Remark({ app, block }) {
  if (block.said === "Broken") throw new Error("It breaks when it is drawn.");
  return app.ui.html`<p class="callout tip" dir="auto">${block.said}</p>`;
}

function Echo({ app, task, answer, change, fixed }) {
  const write = (event) => change(event.currentTarget.value ? { said: event.currentTarget.value } : null);
  return app.ui.html`<label>${app.t("again", { number: task.letters })}
    <input value=${answer?.said ?? ""} readonly=${fixed} onInput=${write} /></label>`;
}

function Broken() {
  throw new Error("It breaks when it is drawn.");
}
