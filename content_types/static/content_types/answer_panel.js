/* “Try an answer”: beside an accept-list, or a text with gaps, in the editor of an exercise. */
(() => {
  const { Controller } = window.StimulusModule;

  /* What an accept-list reads as more than letters. */
  const escaped = (text) => text.trim().replace(/\s+/g, " ").replace(/[\\()[\]|{}]/g, "\\$&");

  /* The gaps of a text, as its reader on the server finds them: a backslash makes a sign plain. */
  const gapsOf = (text) => {
    const gaps = [];
    let opened = -1;
    for (let at = 0; at < text.length; at += 1) {
      const isEscape = opened >= 0 || ["{", "}"].includes(text[at + 1]);
      if (text[at] === "\\" && isEscape) at += 1;
      else if (text[at] === "{") opened = at + 1;
      else if (text[at] === "}" && opened >= 0) {
        gaps.push({ pattern: text.slice(opened, at), end: at });
        opened = -1;
      }
    }
    return gaps;
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  class AnswerTrial extends Controller {
    static targets = ["answer", "gap", "accept", "result"];

    static values = { part: String };

    connect() {
      if (this.hasAnswerTarget) return;
      const home = this.element.closest("[data-answer-trial-url]");
      const part = this.part(this.partValue);
      if (!home || !part) return;
      const template = home.querySelector("[data-answer-trial-template]");
      part.after(template.content.cloneNode(true));
      this.home = home.dataset;
      this.panel = this.element.querySelector(".answer-trial");
      this.turn = 0;
      if (this.writesGaps) this.offerGaps();
    }

    get writesGaps() {
      return this.partValue === "text";
    }

    part(name) {
      return this.element.querySelector(`[data-contentpath="${name}"]`);
    }

    /* The fields of a list that are not deleted, in their order. */
    fields(name) {
      const inputs = this.part(name)?.querySelectorAll('input[type="text"][name$="-value"]') ?? [];
      return [...inputs].filter((input) => {
        const deleted = input.name.replace(/-value$/, "-deleted");
        return this.form.elements[deleted]?.value !== "1";
      });
    }

    written(name) {
      return this.fields(name)
        .map((input) => input.value)
        .filter((text) => text.trim());
    }

    get form() {
      return this.element.closest("form");
    }

    get text() {
      return this.part("text").querySelector("textarea");
    }

    get kind() {
      const [prefix] = this.element.querySelector("[name]").name.match(/^\w+?-\d+(?=-)/);
      return this.form.elements[`${prefix}-type`].value;
    }

    offerGaps() {
      if (!this.writesGaps) return;
      const gaps = gapsOf(this.text.value);
      const chosen = this.gapTarget.value;
      this.gapTarget.replaceChildren(
        ...gaps.map(({ pattern }, at) => new Option(`${at + 1}: ${pattern}`, at)),
      );
      if (gaps[chosen]) this.gapTarget.value = chosen;
      this.gapTarget.closest("label").hidden = gaps.length < 2;
    }

    get accepted() {
      if (!this.writesGaps) return this.written("accept");
      this.offerGaps();
      const gap = gapsOf(this.text.value)[this.gapTarget.value];
      return gap && gap.pattern.trim() ? [gap.pattern] : [];
    }

    forget() {
      this.turn += 1;
      this.acceptTarget.disabled = true;
      this.resultTarget.replaceChildren();
    }

    async tryIt() {
      const accept = this.accepted;
      if (!accept.length) return this.say(this.panel.dataset.empty);
      this.turn += 1;
      const { turn } = this;
      const result = await this.ask(accept);
      /* Something else was written in the meantime. */
      if (turn !== this.turn) return null;
      return result.ok ? this.show(result.body) : this.complain(result.body);
    }

    async ask(accept) {
      const { answerTrialUrl, answerTrialPage, answerTrialParent } = this.home;
      const body = {
        kind: this.kind,
        language: this.part("language").querySelector("select").value,
        accept,
        forbidden: this.written("forbidden"),
        marking: this.form.elements.marking?.value ?? "",
        answer: this.answerTarget.value,
      };
      if (answerTrialPage) body.page = Number(answerTrialPage);
      else body.parent = Number(answerTrialParent);
      try {
        const response = await fetch(answerTrialUrl, {
          method: "POST",
          headers: {
            "Content-Type": "application/json",
            "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value,
          },
          body: JSON.stringify(body),
        });
        return { ok: response.ok, body: await response.json() };
      } catch {
        return { ok: false, body: { detail: this.panel.dataset.failed } };
      }
    }

    say(...texts) {
      this.resultTarget.replaceChildren(
        ...texts.map((text) => element("p", "answer-trial__nearest", text)),
      );
    }

    complain({ detail, errors = {} }) {
      this.acceptTarget.disabled = true;
      this.say(detail, ...Object.values(errors).flat());
    }

    show({ correct, score, nearest, fired }) {
      const { dataset } = this.panel;
      const verdict = element(
        "p",
        `answer-trial__verdict answer-trial__verdict--${correct ? "right" : "wrong"}`,
        `${correct ? dataset.right : dataset.wrong} · ${dataset.score} ${score}`,
      );
      const against = element("p", "answer-trial__nearest", `${dataset.nearest}: `);
      const form = element("bdi", "", nearest);
      against.append(form);
      const rules = element("ul", "answer-trial__rules");
      rules.append(...fired.map((rule) => this.rule(rule)));
      const told = fired.length ? rules : element("p", "answer-trial__nearest", dataset.nothing);
      this.resultTarget.replaceChildren(verdict, against, told);
      const isWritten = Boolean(this.answerTarget.value.trim());
      this.acceptTarget.disabled = !isWritten || (correct && !fired.length);
    }

    rule({ code, severity, given, expected, why }) {
      const row = element("li");
      const pair = element("span");
      pair.append(element("bdi", "", given || "∅"), " / ", element("bdi", "", expected || "∅"));
      row.append(
        element("code", "", code),
        pair,
        element("span", `answer-trial__severity--${severity}`, this.panel.dataset[severity]),
        element("span", "answer-trial__why", why),
      );
      return row;
    }

    async acceptIt() {
      const added = this.writesGaps ? this.addToGap() : this.addToList();
      if (!added) {
        this.say(this.panel.dataset.full);
        return;
      }
      await this.tryIt();
      this.resultTarget.prepend(element("p", "answer-trial__nearest", this.panel.dataset.added));
    }

    addToGap() {
      const { text } = this;
      const gap = gapsOf(text.value)[this.gapTarget.value];
      const more = `|${escaped(this.answerTarget.value)}`;
      this.answerTarget.focus();
      return this.write(text, text.value.slice(0, gap.end) + more + text.value.slice(gap.end));
    }

    addToList() {
      let free = this.fields("accept").find((input) => !input.value.trim());
      if (!free) {
        const before = new Set(this.fields("accept"));
        [...this.part("accept").querySelectorAll("[data-streamfield-list-add]")].at(-1)?.click();
        free = this.fields("accept").find((input) => !before.has(input));
      }
      free?.focus();
      return Boolean(free) && this.write(free, escaped(this.answerTarget.value));
    }

    /* Write as a person would: whatever watches the field is told. */
    write(field, value) {
      if (field.maxLength > 0 && value.length > field.maxLength) return false;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      return true;
    }
  }

  window.wagtail.app.register("lyceum-answer-trial", AnswerTrial);
})();
