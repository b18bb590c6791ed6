/* How many characters are left, while one writes; read out when one pauses. Without this script the limit stands there. */
(() => {
  "use strict";

  const PAUSE = 1000; // milliseconds

  for (const field of document.querySelectorAll("[data-count]")) {
    const form = field.closest("form");
    const shown = document.querySelector(`[data-count-for="${field.id}"]`);
    if (!shown || !form.dataset.left) continue;
    const spoken = document.createElement("p");
    spoken.className = "visually-hidden";
    spoken.setAttribute("role", "status");
    shown.after(spoken);
    let timer = 0;

    const count = (speak) => {
      const left = Number(field.dataset.count) - [...field.value.trim()].length;
      const words = (left < 0 ? form.dataset.over : form.dataset.left).replace("{n}", Math.abs(left));
      shown.textContent = words;
      shown.classList.toggle("write__count--over", left < 0);
      clearTimeout(timer);
      if (speak) timer = setTimeout(() => (spoken.textContent = words), PAUSE);
    };
    field.addEventListener("input", () => count(true));
    count(false);
  }
})();
