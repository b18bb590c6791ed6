/* A section of a practice saves by itself while it is written; htmx sends it, the server answers with what changes.
   Without this script its buttons do the same. */
(() => {
  "use strict";

  const form = document.querySelector("[data-autosave]");
  if (!form || !window.htmx) return;
  const saved = document.getElementById("saved");
  let dirty = false; // written, and not yet taken by the server
  let busy = false; // a request is under way
  let waiting = null; // the button that was pressed meanwhile
  let leaving = false;

  for (const event of ["input", "change"]) {
    form.addEventListener(event, ({ target }) => (dirty = dirty || target.type !== "file"));
  }

  form.addEventListener("htmx:beforeRequest", (event) => {
    if (leaving) return event.preventDefault(); // the page is being sent as a whole
    busy = true;
    dirty = false;
  });

  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    busy = false;
    if (!detail.successful) {
      dirty = true;
      saved.textContent = detail.xhr.status === 403 ? saved.dataset.out : saved.dataset.lost;
    }
    if (!waiting) return;
    const button = waiting;
    waiting = null;
    form.requestSubmit(button);
  });

  // a button waits for the answer under way, whose stamp says what this page has read
  form.addEventListener("submit", (event) => {
    if (busy) {
      event.preventDefault();
      waiting = event.submitter;
    } else {
      leaving = true;
    }
  });

  document.addEventListener("visibilitychange", () => {
    if (document.hidden && dirty && !leaving) window.htmx.trigger(form, "save");
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving) event.preventDefault();
  });
  window.addEventListener("pageshow", () => (leaving = false));
})();
