// A moment by itself, with what others said to it.

import { useAnswer, useStanding } from "./asking.js";
import { Comments } from "./comments.js";
import { Trouble, app, html, t, take } from "./drawing.js";
import { Ways } from "./feed.js";
import { Moment } from "./moment.js";

export function use(given) {
  take(given);
  return { One };
}

function One({ id }) {
  const { value: moment, error, again, set } = useAnswer(`/moments/${encodeURIComponent(id)}`);
  const { value: standing } = useStanding();
  if (error?.status === 404) return html`<h1>${t("moment")}</h1><${Ways} /><p>${t("moment-gone")}</p>`;
  if (error) return html`<h1>${t("moment")}</h1><${Ways} /><${Trouble} error=${error} again=${again} />`;
  if (!moment) return html`<h1>${t("moment")}</h1><${Ways} /><p aria-busy="true"></p>`;
  const counted = (by) => set({ ...moment, comments: Math.max(0, moment.comments + by) });
  return html`<h1>${t("moment")}</h1><${Ways} />
    <${Moment} moment=${moment} standing=${standing} changed=${set} gone=${() => app.go("/moments")} />
    <${Comments} moment=${moment} standing=${standing} counted=${counted} />`;
}
