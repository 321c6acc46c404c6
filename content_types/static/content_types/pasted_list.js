/* “Paste a list”: below a list, or a text with gaps, in the editor of an exercise. */
(() => {
  const { Controller } = window.StimulusModule;
  const PAUSE = 300;

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  class PastedList extends Controller {
    static targets = ['add', 'box', 'preview', 'status', 'text', 'toggle', 'undo'];

    connect() {
      this.place = this.element.place;
      this.rows = [];
      for (const help of this.element.querySelectorAll('[data-for]')) {
        help.hidden = help.dataset.for !== this.place.sort;
      }
    }

    get block() {
      return this.place.block;
    }

    get isForGaps() {
      return this.place.sort === 'gaps';
    }

    get field() {
      return this.block.element.querySelector('textarea');
    }

    toggle() {
      if (this.boxTarget.hidden) this.open();
      else this.close();
    }

    open() {
      this.boxTarget.hidden = false;
      this.toggleTarget.setAttribute('aria-expanded', 'true');
      this.textTarget.focus();
      this.read();
    }

    close() {
      this.boxTarget.hidden = true;
      this.toggleTarget.setAttribute('aria-expanded', 'false');
      this.toggleTarget.focus();
    }

    /* The rows of the list that say something. */
    get written() {
      const { isEmpty } = window.lyceumTask;
      return this.block.children.filter((child) => !this.isBlank(child.block, isEmpty));
    }

    /* A new row has what its form starts with, and nothing of one's own. */
    isBlank(block, isEmpty) {
      const state = block.getState();
      const first = this.block.blockDef.initialChildState;
      return isEmpty(state) || JSON.stringify(state) === JSON.stringify(first);
    }

    read() {
      this.addTarget.disabled = true;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      const text = this.textTarget.value;
      this.rows = [];
      if (!text.trim()) return this.previewTarget.replaceChildren();
      const { desk, form, kind, path } = this.place;
      const { answerTrialPage: page, answerTrialParent: parent, pasteUrl } = desk.dataset;
      const body = {
        kind,
        path,
        text,
        ...(page ? { page: Number(page) } : { parent: Number(parent) }),
        ...(this.isForGaps ? { written: this.field.value } : { there: this.written.length }),
      };
      let told;
      try {
        const response = await fetch(pasteUrl, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'X-CSRFToken': form.elements.csrfmiddlewaretoken.value,
          },
          body: JSON.stringify(body),
        });
        told = await response.json();
        if (!response.ok) return this.complain(told);
      } catch {
        return this.complain({ detail: this.element.dataset.failed });
      }
      /* Something else was written in the meantime. */
      return text === this.textTarget.value ? this.show(told) : null;
    }

    complain({ detail, errors = {} }) {
      const texts = [detail, ...Object.values(errors).flat()];
      this.previewTarget.replaceChildren(
        ...texts.map((text) => element('p', 'pasted-list__bad', text)),
      );
    }

    show({ rows, bad, limit }) {
      const { dataset } = this.element;
      this.rows = rows.filter((row) => row.fits);
      const waiting = rows.filter((row) => !row.fits);
      this.left = [...bad, ...waiting].sort((a, b) => a.line - b.line);
      const list = element('ul', 'pasted-list__faults');
      const faults = bad.map(({ line, message }) => `${dataset.bad} ${line}: ${message}`);
      if (waiting.length) {
        faults.push(`${dataset.noRoom} ${waiting.map(({ line }) => line).join(', ')}`);
      }
      list.append(...faults.map((fault) => element('li', 'pasted-list__bad', fault)));
      const count = element(
        'p',
        'pasted-list__count',
        `${dataset.wouldAdd} ${this.rows.length}${limit ? ` · ${limit}` : ''}`,
      );
      this.previewTarget.replaceChildren(count, this.table(this.rows), list);
      this.addTarget.disabled = !this.rows.length;
    }

    table(rows) {
      const table = element('table', 'pasted-list__rows');
      for (const { line, cells } of rows) {
        const row = table.insertRow();
        row.append(element('th', '', line));
        for (const cell of cells) {
          const data = row.insertCell();
          data.append(element('bdi', '', cell));
        }
      }
      return table;
    }

    add() {
      const { rows } = this;
      if (!rows.length) {
        this.statusTarget.textContent = this.element.dataset.nothing;
        return;
      }
      this.before = this.isForGaps ? this.addToText(rows) : this.addToList(rows);
      const { added, left } = this.element.dataset;
      this.pasted = this.textTarget.value;
      this.kept = this.left.map(({ text }) => text).join('\n');
      this.textTarget.value = this.kept;
      this.statusTarget.textContent = `${added} ${rows.length}. ${this.left.length ? left : ''}`;
      this.undoTarget.hidden = false;
      this.tell();
      if (this.left.length) {
        this.read();
        this.textTarget.focus();
      } else {
        this.previewTarget.replaceChildren();
        this.close();
        this.undoTarget.focus();
      }
    }

    addToList(rows) {
      const { block } = this;
      const blank = block.children.filter((child) => !this.written.includes(child));
      const count = block.children.length;
      const made = rows.map(({ state, id }, at) => block.insert(state, count + at, { id }));
      /* Empty rows that a new form starts with make room. */
      blank.forEach((child) => child.delete());
      return { made, blank: blank.length };
    }

    addToText(rows) {
      const before = this.field.value;
      const lines = rows.map(({ state }) => state).join('\n');
      this.write(before.trim() ? `${before.trimEnd()}\n${lines}` : lines);
      return { before, after: this.field.value, lines };
    }

    write(value) {
      this.field.value = value;
      this.field.dispatchEvent(new Event('input', { bubbles: true }));
      this.field.dispatchEvent(new Event('change', { bubbles: true }));
    }

    undo() {
      const count = this.isForGaps ? this.takeFromText() : this.takeFromList();
      this.statusTarget.textContent = `${this.element.dataset.undone} ${count}`;
      this.undoTarget.hidden = true;
      if (this.textTarget.value === this.kept) this.textTarget.value = this.pasted;
      this.tell();
      this.read();
      this.toggleTarget.focus();
    }

    takeFromList() {
      const { made, blank } = this.before;
      const there = made.filter((child) => this.block.children.includes(child));
      there.forEach((child) => child.delete());
      for (let at = 0; at < blank && !this.block.children.length; at += 1) {
        this.block.insert(this.block.blockDef.initialChildState, this.block.children.length, {
          id: `${made[0].id.slice(0, -2)}${String(at).padStart(2, '0')}`,
        });
      }
      return there.length;
    }

    /* What was written in the meantime stays. */
    takeFromText() {
      const { before, after, lines } = this.before;
      const { value } = this.field;
      this.write(value === after ? before : value.replace(lines, '').trimEnd());
      return lines.split('\n').length;
    }

    tell() {
      this.block.container?.[0].dispatchEvent(new Event('change', { bubbles: true }));
    }
  }

  window.wagtail.app.register('lyceum-pasted-list', PastedList);
})();
