/* The municipality field as a combobox with a list (ARIA Authoring Practices: combobox, list autocomplete, manual selection).
   Without this script the typed name is matched on the server. */
(() => {
  "use strict";

  const WAIT = 120; // milliseconds after the last key

  function enhance(box, number) {
    if (box.dataset.ready) return;
    box.dataset.ready = "yes";
    const input = box.querySelector("input");
    const listId = `${input.id || "municipality"}-list-${number}`;
    const list = add("ul", { id: listId, role: "listbox", class: "municipality-field__list", "aria-label": box.dataset.listLabel });
    const status = add("div", { role: "status", class: "visually-hidden" });
    list.hidden = true;
    set(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId });

    let active = -1;
    let timer = 0;
    let asked = null; // the request under way

    function add(tag, attributes) {
      const element = document.createElement(tag);
      set(element, attributes);
      box.append(element);
      return element;
    }

    function set(element, attributes) {
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    }

    function close() {
      clearTimeout(timer);
      asked?.abort();
      list.hidden = true;
      list.replaceChildren();
      status.textContent = "";
      activate(-1);
      input.setAttribute("aria-expanded", "false");
    }

    function activate(index) {
      active = index;
      [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
      if (index < 0) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }

    function choose(option) {
      input.value = option.dataset.value;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function show({ results, status: text }) {
      const options = results.map(({ value, name, note }, i) => {
        const option = document.createElement("li");
        set(option, { id: `${listId}-${i}`, role: "option", "data-value": value, class: "municipality-field__option" });
        option.append(name, " ");
        const small = document.createElement("small");
        small.textContent = note;
        option.append(small);
        return option;
      });
      list.replaceChildren(...options);
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      activate(-1);
      status.textContent = text;
    }

    async function ask() {
      asked?.abort();
      if (!input.value.trim()) return close();
      asked = new AbortController();
      try {
        const url = `${box.dataset.url}?${new URLSearchParams({ q: input.value.slice(0, 100) })}`;
        const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
        if (answer.ok && document.activeElement === input) show(await answer.json());
      } catch {
        list.hidden = true; // offline, or a newer question was asked: the server matches the name when the form is sent
      }
    }

    input.addEventListener("input", () => {
      const choices = document.querySelectorAll(`input[type="radio"][name="${input.name}_choice"]`);
      choices.forEach((choice) => (choice.checked = false)); // what is typed now counts
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });

    input.addEventListener("keydown", (event) => {
      const count = list.hidden ? 0 : list.children.length;
      if (event.key === "Escape" && count) {
        event.preventDefault();
        close();
      } else if (event.key === "ArrowDown" && !count) {
        event.preventDefault();
        ask();
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        activate((active + 1) % count);
      } else if (event.key === "ArrowUp" && count) {
        event.preventDefault();
        activate(active > 0 ? active - 1 : count - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        choose(list.children[active]);
      } else if (event.key === "Home" || event.key === "End") {
        activate(-1); // the cursor moves in the text
      }
    });

    list.addEventListener("mousedown", (event) => event.preventDefault()); // the input keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
    input.addEventListener("blur", close);
  }

  document.querySelectorAll("[data-municipality-field]").forEach(enhance);
})();
