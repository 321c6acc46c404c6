/* Files on their way into a library: refused before they are sent where they would be after, and
   their progress shown. Wagtail's pages for many files at once do it themselves. */
(() => {
  const FIELD = 'input[type="file"][data-upload-words]';
  const TOLD = 'w-messages:told-after-upload';
  const mega = (bytes) => (bytes / 1e6).toLocaleString(document.documentElement.lang || undefined, {
    minimumFractionDigits: 1, maximumFractionDigits: 1,
  });
  const wordsOf = (field) => JSON.parse(field.dataset.uploadWords);
  const filesOf = (form) => [...form.querySelectorAll(FIELD)].filter((field) => field.files.length);

  // --- What is wrong with a file, beside its field ------------------------------------------

  const faultOf = (field) => {
    const [file] = field.files;
    if (!file) return '';
    const { large, wrong } = wordsOf(field);
    const endings = field.accept.split(',');
    if (!endings.some((ending) => file.name.toLowerCase().endsWith(ending))) return wrong;
    return file.size > Number(field.dataset.uploadMost) ? large : '';
  };

  const complain = (field, told) => {
    const box = field.closest('[data-field]') || field.parentElement;
    // With what was said of the file before.
    box.querySelectorAll('.error-message').forEach((line) => line.remove());
    box.classList.toggle('w-field--error', Boolean(told));
    if (!told) {
      field.removeAttribute('aria-invalid');
      return;
    }
    field.setAttribute('aria-invalid', 'true');
    const line = document.createElement('p');
    line.className = 'error-message lyceum-upload-fault';
    line.setAttribute('role', 'alert');
    line.textContent = told;
    (box.querySelector('[data-field-errors]') || field.parentElement).append(line);
  };

  document.addEventListener('change', ({ target }) => {
    if (target.matches?.(FIELD)) complain(target, faultOf(target));
  });

  // --- Progress ------------------------------------------------------------------------------

  const barIn = (form, words, cancel) => {
    form.querySelector('.lyceum-upload')?.remove();
    const bar = document.createElement('div');
    bar.className = 'lyceum-upload';
    const meter = document.createElement('progress');
    meter.max = 1;
    meter.value = 0;
    const line = document.createElement('span');
    line.setAttribute('role', 'status');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-small button-secondary';
    button.textContent = words.cancel;
    button.addEventListener('click', cancel);
    bar.append(meter, line, button);
    form.append(bar);
    return {
      sent: ({ loaded, total }) => {
        meter.value = total ? loaded / total : 0;
        line.textContent = loaded < total
          ? words.sending.replace('{done}', mega(loaded)).replace('{all}', mega(total))
          : words.reading;
        button.hidden = loaded >= total;
      },
      failed: (told) => {
        meter.hidden = true;
        button.hidden = true;
        line.setAttribute('role', 'alert');
        line.className = 'error-message';
        line.textContent = told;
      },
    };
  };

  const follow = (request, form) => {
    const words = wordsOf(filesOf(form)[0]);
    const bar = barIn(form, words, () => request.abort());
    request.upload.addEventListener('progress', bar.sent);
    request.addEventListener('abort', () => bar.failed(words.cancelled));
    request.addEventListener('error', () => bar.failed(words.failed));
    request.addEventListener('load', () => {
      if (request.status >= 400) {
        bar.failed(words.refused.replace('{status}', request.status));
      }
    });
  };

  // --- A page of its own ----------------------------------------------------------------------

  const free = (form) => form.querySelectorAll('[type="submit"]').forEach((button) => {
    // Wagtail's buttons show that they are busy, and would for a minute more.
    button.disabled = false;
    button.classList.remove('button-longrunning-active');
  });

  const arrive = (request, form) => {
    const answer = new DOMParser().parseFromString(request.responseText, 'text/html');
    if (request.responseURL.split('?')[0] !== form.action.split('?')[0]) {
      const told = [...answer.querySelectorAll('.messages li')].map((line) => line.textContent.trim());
      sessionStorage.setItem(TOLD, JSON.stringify(told));
      window.location.assign(request.responseURL);
      return;
    }
    // Refused: what was written comes back with what to mend; the file must be chosen again.
    const back = answer.querySelector(`form[action="${form.getAttribute('action')}"]`);
    if (back) {
      form.replaceWith(document.adoptNode(back));
      back.querySelector('[aria-invalid="true"], .error-message')?.scrollIntoView({ block: 'center' });
    }
  };

  document.addEventListener('submit', (event) => {
    const form = event.target;
    const files = filesOf(form);
    if (!files.length) return;
    const faults = files.map((field) => [field, faultOf(field)]).filter(([, told]) => told);
    if (faults.length) {
      event.preventDefault();
      event.stopImmediatePropagation();
      faults.forEach(([field, told]) => complain(field, told));
      setTimeout(() => free(form), 0);
      return;
    }
    // In a window over the page, Wagtail's scripts send the form (see below).
    if (form.closest('.modal') || event.defaultPrevented) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    follow(request, form);
    request.addEventListener('load', () => { if (request.status < 400) arrive(request, form); });
    request.addEventListener('loadend', () => free(form));
    request.open('POST', form.action);
    request.send(new FormData(form, event.submitter));
  }, { capture: true });

  // --- A window over the page -----------------------------------------------------------------

  const prefilter = () => {
    window.jQuery?.ajaxPrefilter((options) => {
      const form = [...document.querySelectorAll('.modal form')].find(
        (each) => each.action === new URL(options.url, window.location.href).href && filesOf(each).length,
      );
      if (!form || !(options.data instanceof FormData)) return;
      const make = options.xhr;
      options.xhr = () => {
        const request = make();
        follow(request, form);
        return request;
      };
    });
  };

  const start = () => {
    prefilter();
    const told = JSON.parse(sessionStorage.getItem(TOLD) || '[]');
    sessionStorage.removeItem(TOLD);
    told.forEach((text) => document.dispatchEvent(
      new CustomEvent('w-messages:add', { detail: { text, type: 'success' } }),
    ));
  };

  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', start);
  } else {
    start();
  }
})();
