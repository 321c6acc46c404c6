// What the learner is told of answers that wait: how many, that they were sent, and what was refused.

import { useApp } from "./context.js";
import { wordsFor } from "./problems.js";
import { html, useEffect, useState } from "./vendor/preact.js";
import { sendWaiting, waiting, whenWaiting } from "./waiting.js";
import { count, t } from "./words.js";

const PAUSE = 30_000; // milliseconds, between two tries

/** A strip below the top of the page; nothing where nothing waits. */
export function WaitingStrip() {
  const { me, language } = useApp();
  const [left, setLeft] = useState(0);
  const [sent, setSent] = useState(0);
  const [refused, setRefused] = useState([]);
  const [error, setError] = useState(null);

  const send = async () => {
    try {
      const outcome = await sendWaiting();
      setError(outcome.held);
      setSent(outcome.sent);
      setRefused((before) => [...before, ...outcome.refused]);
    } catch (problem) {
      setError(problem);
    }
  };
  useEffect(() => {
    if (!me) return;
    const look = () => waiting().then((kept) => setLeft(kept.length), () => {});
    const stop = whenWaiting(look);
    look();
    send();
    addEventListener("online", send);
    return () => {
      stop();
      removeEventListener("online", send);
    };
  }, [me?.id]);
  useEffect(() => {
    if (!left) return;
    const trying = setInterval(send, PAUSE);
    return () => clearInterval(trying);
  }, [left > 0]);

  const dismiss = () => {
    setSent(0);
    setRefused([]);
  };
  return html`<div class="strip" role="status">
    ${left > 0 && html`<p>${count("answers-wait", left, language)} ${error?.status > 0 && wordsFor(error)} <button type="button" class="plain" onClick=${send}>${t("send-now")}</button></p>`}
    ${(sent > 0 || refused.length > 0) && html`<div>${sent > 0 && html`<p>${count("answers-sent", sent, language)}</p>`}
      ${refused.map(({ title, error: why }) => html`<p><b>${title}</b>: ${t("answer-refused")} ${wordsFor(why)}</p>`)}
      <button type="button" class="plain" onClick=${dismiss}>${t("understood")}</button></div>`}
  </div>`;
}
