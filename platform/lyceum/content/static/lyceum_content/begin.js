/* Begins what Wagtail's templates begin by scripts in the page, which our content policy refuses. */
(() => {
  const made = (name) => (...given) => new window[name](...given);
  const called = (name) => (...given) => window[name](...given);
  const beginnings = {
    InlinePanel: made('InlinePanel'),
    MultipleChooserPanel: made('MultipleChooserPanel'),
    Chooser: made('Chooser'),
    DocumentChooser: made('DocumentChooser'),
    ImageChooser: made('ImageChooser'),
    PageChooser: made('PageChooser'),
    SnippetChooser: made('SnippetChooser'),
    createMediaChooser: called('createMediaChooser'),
    createTaskChooser: called('createTaskChooser'),
    initDateChooser: called('initDateChooser'),
    initDateTimeChooser: called('initDateTimeChooser'),
    initTimeChooser: called('initTimeChooser'),
    titleFromFile: () => {
      const [file, title] = ['id_file', 'id_title'].map((id) => document.getElementById(id));
      file.addEventListener('change', () => {
        if (!title.value && file.files.length) title.value = file.files[0].name.replace(/\.[^.]+$/, '');
      });
    },
  };

  const begin = (mark) => {
    const { begin: what, arguments: given } = mark.dataset;
    // Once: what is moved about in the page is seen again as new.
    mark.removeAttribute('data-begin');
    beginnings[what](...JSON.parse(given));
  };

  const beginWithin = (node) => {
    if (!(node instanceof Element) || !node.isConnected) return;
    if (node.matches('[data-begin]')) begin(node);
    node.querySelectorAll('[data-begin]').forEach(begin);
  };

  const watch = () => {
    beginWithin(document.body);
    new MutationObserver((changes) => {
      changes.forEach((change) => change.addedNodes.forEach(beginWithin));
    }).observe(document.body, { childList: true, subtree: true });
  };

  if (document.readyState === 'loading') {
    // Before Wagtail's own beginnings, which move the menu of a chooser out of it.
    document.addEventListener('readystatechange', watch, { once: true });
  } else {
    watch();
  }
})();
