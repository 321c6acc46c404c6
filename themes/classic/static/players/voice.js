// Say a sentence, or speak freely: recorded by the browser's own means, and heard before it is handed in.

import { Icon } from "../icons.js";
import { Player } from "../sound.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { t } from "../words.js";

const SENTENCE = 60; // seconds, the longest recording of one

export function Speaking({ task, ...given }) {
  return html`<blockquote lang=${task.language} dir="auto">${task.sentence}</blockquote>
    ${task.audio && html`<p class="model"><span>${t("model")}</span><${Player} src=${task.audio.src} name=${t("model")} /></p>`}
    <${Recorder} ...${given} longest=${SENTENCE} />`;
}

export function VoiceResponse({ task, ...given }) {
  return html`<blockquote lang=${task.language} dir="auto">${task.prompt}</blockquote>
    <${Recorder} ...${given} longest=${task.seconds} />`;
}

function Recorder({ longest, answer, change, fixed }) {
  const [state, setState] = useState("ready");
  const [seconds, setSeconds] = useState(0);
  const running = useRef(null);
  const heard = useHeard(answer?.recording);

  useEffect(() => () => running.current?.stop(), []);
  useEffect(() => {
    if (state !== "recording") return;
    const tick = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(tick);
  }, [state]);
  useEffect(() => void (seconds >= longest && running.current?.stop()), [seconds]);

  const start = async () => {
    if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return setState("unable");
    change(null);
    setSeconds(0);
    try {
      running.current = await record((recording) => {
        setState("ready");
        change({ recording });
      });
      setState("recording");
    } catch {
      setState("refused");
    }
  };
  const isRecording = state === "recording";
  const told = { recording: t("recording", { seconds: longest }), refused: t("no-microphone"), unable: t("cannot-record"), ready: heard ? t("recorded") : "" };
  return html`<div class="recorder">
    <button type="button" class=${isRecording ? "stop" : "plain"} disabled=${fixed} onClick=${isRecording ? () => running.current.stop() : start}>
      <${Icon} name=${isRecording ? "stop" : "microphone"} /> ${isRecording ? t("stop-recording") : heard ? t("record-again") : t("record")}</button>
    ${isRecording && html`<span class="clock" aria-hidden="true">${clockOf(seconds)} / ${clockOf(longest)}</span>`}
    ${heard && !isRecording && html`<${Player} src=${heard} name=${t("your-recording")} />`}
    <p role="status">${told[state]}</p>
  </div>`;
}

/** Record until it is stopped: `done` is given the recording. :raises: if the microphone is refused */
async function record(done) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const parts = [];
  const recorder = new MediaRecorder(stream);
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", () => {
    stream.getTracks().forEach((track) => track.stop());
    done(new Blob(parts, { type: recorder.mimeType.split(";")[0] }));
  });
  recorder.start();
  return { stop: () => recorder.state === "recording" && recorder.stop() };
}

/** Return an address at which a recording can be heard, for as long as it is shown. */
function useHeard(recording) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    if (!(recording instanceof Blob)) return setAddress("");
    const made = URL.createObjectURL(recording);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [recording]);
  return address;
}

const clockOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
