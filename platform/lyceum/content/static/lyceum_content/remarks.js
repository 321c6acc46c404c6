/* Leads from a remark about a page to the field it is about, and keeps their number in sight. */
(() => {
  const PANEL = '[data-side-panel="before-publication"]';
  const COUNTER = '[data-side-panel-toggle="before-publication"] [data-side-panel-toggle-counter]';

  // As far along the way as there is something: a row that is gone leads to what held it.
  const find = (way) => {
    let found = null;
    way.split('.').forEach((step) => {
      const within = step && (found || document).querySelector(`[data-contentpath="${CSS.escape(step)}"]`);
      if (within) found = within;
    });
    return found;
  };

  const open = (field) => {
    for (let around = field; around; around = around.parentElement) {
      if (around.getAttribute('role') === 'tabpanel' && around.hidden) {
        document.querySelector(`[role="tab"][href="#${around.id}"]`)?.click();
      }
      if (around.matches('[data-panel]')) {
        const toggle = around.querySelector('[data-panel-toggle]');
        if (toggle?.getAttribute('aria-expanded') === 'false') toggle.click();
      }
    }
  };

  // A tab opens by and by: what is still hidden cannot be gone to.
  const show = (field, patience = 20) => {
    open(field);
    if (!field.offsetParent && patience) {
      setTimeout(() => show(field, patience - 1), 50);
      return;
    }
    field.scrollIntoView({ block: 'center' });
    // Of a chooser, the buttons for what is not chosen are there as well, out of sight.
    const first = [...field.querySelectorAll(
      'input:not([disabled]), textarea, select, [contenteditable="true"], button',
    )].find((each) => each.offsetParent && each.closest('[data-comment-add]') === null);
    first?.focus({ preventScroll: true });
    field.classList.add('lyceum-found');
    setTimeout(() => field.classList.remove('lyceum-found'), 2500);
  };

  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-remark]');
    const field = link && find(link.dataset.remark);
    if (!field) return;
    event.preventDefault();
    show(field);
  });

  // The list is made anew with every draft that is saved; the number beside its icon is not.
  const count = () => {
    const counter = document.querySelector(COUNTER);
    const told = document.querySelector(`${PANEL} [data-remarks]`);
    if (!counter || !told) return;
    counter.hidden = told.dataset.remarks === '0';
    counter.textContent = told.dataset.remarks;
  };

  const start = () => {
    const panel = document.querySelector(PANEL);
    if (!panel) return;
    new MutationObserver(count).observe(panel, { childList: true, subtree: true });
    const [, way] = window.location.hash.split(':w:contentpath=');
    // Once the editor has drawn its blocks.
    if (way) setTimeout(() => { const field = find(way); if (field) show(field); }, 300);
  };

  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', start);
  } else {
    start();
  }
})();
