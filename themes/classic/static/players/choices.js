// Choose one or several of some answers.

import { Picture } from "../picture.js";
import { html } from "../vendor/preact.js";
import { t } from "../words.js";
import { Sign, markOf, useName } from "./marks.js";

export function MultipleChoice({ task, answer, change, fixed, mark }) {
  const chosen = answer?.choices ?? [];
  const name = useName();
  const choose = (id, on) => {
    const choices = task.multiple ? [...chosen.filter((each) => each !== id), ...(on ? [id] : [])] : [id];
    change(choices.length ? { choices } : null);
  };
  const stateOf = (id) => (chosen.includes(id) ? markOf(mark, `choice:${id}`) : "");
  const isExpected = (id) => mark?.solution?.choices?.includes(id) && !chosen.includes(id);
  return html`<fieldset class="choices" disabled=${fixed}>
    <legend><span lang=${task.language} dir="auto">${task.question}</span> ${task.multiple && html`<small>${t("choose-several")}</small>`}</legend>
    ${task.image && html`<${Picture} image=${task.image} />`}
    ${task.options.map((option) => html`<label key=${option.id} class=${`choice ${stateOf(option.id)} ${isExpected(option.id) ? "expected" : ""}`}>
      <input type=${task.multiple ? "checkbox" : "radio"} name=${name} checked=${chosen.includes(option.id)}
        onChange=${(event) => choose(option.id, event.currentTarget.checked)} />
      <span lang=${task.language} dir="auto">${option.text}</span><${Sign} state=${stateOf(option.id)} /></label>`)}
  </fieldset>`;
}
