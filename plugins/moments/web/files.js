// Images and videos of a moment: sent while one writes, and shown as they are.

import { Trouble, app, html, t, useState } from "./drawing.js";

const IMAGES = "image/jpeg,image/png,image/webp,image/gif";
const FILMS = "video/mp4,video/webm";

/** Files on their way: `{kept, waiting, error, busy, add, drop}`. */
export function useFiles() {
  const [kept, setKept] = useState([]);
  const [waiting, setWaiting] = useState(0);
  const [error, setError] = useState(null);
  const add = async (chosen) => {
    setError(null);
    for (const file of chosen) {
      setWaiting((number) => number + 1);
      const form = new FormData();
      form.append("file", file);
      try {
        const made = await app.api.post("/moments/media", form, { headers: { "Idempotency-Key": crypto.randomUUID() } });
        setKept((before) => [...before, made]);
      } catch (refused) {
        setError(refused);
      }
      setWaiting((number) => number - 1);
    }
  };
  const drop = async (file) => {
    setKept((before) => before.filter((each) => each.id !== file.id));
    // What no moment uses is deleted by itself within a day.
    await app.api.remove(`/moments/media/${file.id}`).catch(() => {});
  };
  return { kept, waiting, error, busy: waiting > 0, add, drop };
}

/** Choosing files, those that were sent, and what is on its way. */
export function Files({ files, films }) {
  const choose = (event) => {
    files.add([...event.currentTarget.files]);
    event.currentTarget.value = "";
  };
  return html`<div class="moments-files">
    <label class="button plain">${t(films ? "add-media" : "add-pictures")}
      <input class="unseen" type="file" multiple accept=${films ? `${IMAGES},${FILMS}` : IMAGES} onChange=${choose} /></label>
    <p role="status">${files.waiting > 0 ? t("sending", { number: files.waiting }) : ""}</p>
    <${Trouble} error=${files.error} />
    <ul>${files.kept.map((file, number) => html`<li key=${file.id}>
      ${file.kind === "image" ? html`<img src=${file.src} alt=${t("your-picture", { number: number + 1 })} width="96" height="96" />` : html`<video src=${file.src} width="96" height="96" preload="metadata" aria-label=${t("your-video", { number: number + 1 })} />`}
      <button type="button" class="plain" onClick=${() => files.drop(file)}>${t("remove")}</button></li>`)}</ul>
  </div>`;
}
