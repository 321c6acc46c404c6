// Exercises with a time limit: the clock begins when the learner says so.

import { Act } from "./act.js";
import { post } from "./api.js";
import { useApp } from "./app.js";
import { Icon } from "./icons.js";
import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { count, t } from "./words.js";

// Seconds at which the time that is left is said aloud.
const SAID = new Set([60, 30, 10]);

/**
 * The time of one attempt: `isAwaited` until it began, then `isRunning`; `left` is in seconds.
 * `isEnforced` tells whether the school ends it; else it is advice, and one may take longer.
 */
export function useTimer(exercise, isMarked) {
  const [ends, setEnds] = useState(0);
  const [isEnforced, setEnforced] = useState(false);
  const [now, setNow] = useState(Date.now);
  const began = useRef(Date.now());
  useEffect(() => {
    if (!ends || isMarked) return;
    const tick = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(tick);
  }, [ends, isMarked]);
  const start = async () => {
    const told = await post(`/learning/exercises/${exercise.id}/attempts/start`);
    began.current = Date.now();
    // By the school's own clock: this device's may be wrong.
    const lasting = told.ends_at ? Date.parse(told.ends_at) - Date.parse(told.started_at) : exercise.time_limit * 1000;
    setEnforced(Boolean(told.ends_at));
    setNow(Date.now());
    setEnds(Date.now() + lasting);
  };
  const again = () => {
    began.current = Date.now();
    setEnds(0);
  };
  const left = Math.max(0, Math.ceil((ends - now) / 1000));
  return {
    isAwaited: Boolean(exercise.time_limit) && !ends && !isMarked,
    isRunning: ends > 0,
    left,
    isEnforced,
    isOver: ends > 0 && left === 0,
    start,
    again,
    seconds: () => Math.round((Date.now() - began.current) / 1000),
  };
}

/** What is said before the clock begins. */
export function Ready({ exercise, start, busy }) {
  const { language } = useApp();
  return html`<p><${Icon} name="clock" /> ${t("timed", { time: count("seconds", exercise.time_limit, language) })}</p>
    <p><${Act} name="begin" disabled=${busy} onClick=${start} /></p>`;
}

export function Clock({ timer }) {
  const { language } = useApp();
  const left = count("seconds-left", timer.left, language);
  const over = t(timer.isEnforced ? "time-over" : "time-over-advice");
  return html`<p class="clock"><${Icon} name="clock" /> <span role="timer">${timer.isOver ? over : left}</span>
    <span class="unseen" role="status">${timer.isOver ? over : SAID.has(timer.left) ? left : ""}</span></p>`;
}
