/* The preview beside a task's form: what learners would see and what is right, as one writes. */
(() => {
  const { Controller } = window.StimulusModule;
  const PAUSE = 400;
  const OURS = '.task-seen, .answer-trial, .pasted-list';

  class Task extends Controller {
    static targets = ['aside', 'language', 'shown'];

    static values = { url: String };

    connect() {
      this.last = '';
      this.observer = new MutationObserver((changes) => {
        if (changes.some(({ target }) => !target.closest?.(OURS))) this.change();
      });
      this.change = this.change.bind(this);
      this.form = this.element.closest('form');
      for (const name of ['input', 'change', 'click']) this.form.addEventListener(name, this.change);
      /* What is wrong when the page comes, is told beside the fields until it is mended. */
      this.complete = Boolean(this.element.querySelector('.w-field--error'));
      this.watch();
      this.change();
    }

    disconnect() {
      this.observer.disconnect();
      clearTimeout(this.waiting);
      this.asking?.abort();
      for (const name of ['input', 'change', 'click']) {
        this.form.removeEventListener(name, this.change);
      }
    }

    watch() {
      this.observer.observe(this.element, { childList: true, subtree: true });
    }

    get root() {
      return this.element.querySelector('[data-contentpath="task"] [id$="-root"], [id$="-root"]')
        ?.rootBlock;
    }

    change() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.look(), PAUSE);
    }

    async look() {
      const { root } = this;
      if (!root) return;
      this.offerLists(root);
      const [child] = root.children;
      this.asideTarget.hidden = child?.type === 'missing_kind';
      if (!child) {
        this.last = '';
        this.say(this.asideTarget.dataset.empty);
        return;
      }
      const body = this.asked(child);
      const asked = new URLSearchParams(body).toString();
      if (asked === this.last) return;
      this.last = asked;
      this.asking?.abort();
      this.asking = new AbortController();
      const { signal } = this.asking;
      try {
        const response = await fetch(this.urlValue, { method: 'POST', body, signal });
        const told = await response.json();
        if (signal.aborted) return;
        if (response.ok) this.show(child.block, told);
        else this.say(told.detail, ...Object.values(told.errors ?? {}).flat());
      } catch {
        if (signal.aborted) return;
        this.last = '';
        this.say(this.asideTarget.dataset.failed);
      }
    }

    asked(child) {
      const { answerTrialPage: page, answerTrialParent: parent } = this.element.dataset;
      const every = new FormData(this.form);
      const { prefix } = child.block;
      const body = new FormData();
      const own = {
        csrfmiddlewaretoken: every.get('csrfmiddlewaretoken'),
        kind: child.type,
        prefix,
        marking: every.get('marking') ?? '',
        language: this.languageTarget.value,
        complete: this.complete ? 'true' : '',
        [page ? 'page' : 'parent']: page || parent,
      };
      Object.entries(own).forEach(([name, value]) => body.append(name, value));
      for (const [name, value] of every) {
        if (name.startsWith(`${prefix}-`)) body.append(name, value);
      }
      return body;
    }

    show(block, { html, errors }) {
      /* Our own marks in the form are no change to look at. */
      this.observer.disconnect();
      this.shownTarget.innerHTML = html;
      window.lyceumTask.clearErrors(block);
      if (errors) block.setError(errors);
      this.watch();
    }

    say(...texts) {
      const lines = texts.map((text) => {
        const line = document.createElement('p');
        line.className = 'task-seen__quiet';
        line.textContent = text;
        return line;
      });
      this.shownTarget.replaceChildren(...lines);
    }

    /* Go from what is to be mended to its field. */
    goTo(event) {
      const path = event.target.closest('[data-path]')?.dataset.path;
      const [child] = this.root?.children ?? [];
      if (path === undefined || !child) return;
      const found = window.lyceumTask.at(child.block, path.split('/').filter(Boolean));
      const element = window.lyceumTask.elementOf(found);
      element.dispatchEvent(new Event('beforematch', { bubbles: true }));
      element.scrollIntoView({ block: 'center' });
      found.focus?.();
    }

    offerLists(root) {
      this.observer.disconnect();
      const [child] = root.children;
      const template = this.element.querySelector('[data-pasted-list-template]');
      for (const place of child ? window.lyceumTask.pasteable(child.block) : []) {
        const element = window.lyceumTask.elementOf(place.block);
        if (!element.parentElement.querySelector(':scope > .pasted-list')) {
          const panel = template.content.cloneNode(true).querySelector('.pasted-list');
          panel.place = { ...place, kind: child.type, desk: this.element, form: this.form };
          element.after(panel);
        }
      }
      this.watch();
    }
  }

  window.wagtail.app.register('lyceum-task', Task);
})();
