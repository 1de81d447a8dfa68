/* Small comforts on top of pages that work without any script. */
(() => {
  "use strict";

  const focusOn = (root) => {
    const target = root.querySelector("[data-focus]");
    if (target) target.focus({ preventScroll: false });
  };

  const showScripted = (root) => {
    for (const element of root.querySelectorAll("[data-print], [data-pick-all]")) element.hidden = false;
    if (navigator.clipboard) {
      for (const element of root.querySelectorAll("[data-copy]")) element.hidden = false;
    }
    if ("speechSynthesis" in window) {
      for (const element of root.querySelectorAll("[data-speak]")) element.hidden = false;
    }
  };

  const countSelection = (form) => {
    const boxes = [...form.querySelectorAll('input[name="pick"]')];
    const picked = boxes.filter((box) => box.checked);
    for (const box of boxes) box.closest("tr").classList.toggle("picked", box.checked);
    const said = form.querySelector("[data-selected]");
    if (said) said.textContent = `已选 ${picked.length} 件`;
    const all = form.querySelector("[data-pick-all]");
    if (all) {
      all.checked = boxes.length > 0 && picked.length === boxes.length;
      all.indeterminate = picked.length > 0 && picked.length < boxes.length;
    }
  };

  const speak = (className) => {
    const voice = window.speechSynthesis;
    if (voice.speaking) {
      voice.cancel();
      return;
    }
    const text = document.querySelector(`.${className}`);
    if (!text) return;
    const words = new SpeechSynthesisUtterance(text.textContent);
    words.lang = "zh-CN";
    voice.speak(words);
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form");
    if (!form) return;
    if (event.target.matches("[data-pick-all]")) {
      for (const box of form.querySelectorAll('input[name="pick"]')) box.checked = event.target.checked;
      countSelection(form);
    } else if (event.target.name === "pick") {
      countSelection(form);
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const copier = event.target.closest("[data-copy]");
    if (copier) {
      navigator.clipboard.writeText(document.getElementById(copier.dataset.copy).textContent.trim()).then(() => {
        copier.textContent = "已复制";
      });
    }
    const speaker = event.target.closest("[data-speak]");
    if (speaker) speak(speaker.dataset.speak);
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));
  document.addEventListener("htmx:afterSwap", (event) => {
    showScripted(event.detail.elt);
    focusOn(event.detail.elt);
  });

  showScripted(document);
  // A new page is focused by its own `autofocus`, in one of the first frames; an older browser leaves it to us.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (document.activeElement === document.body) focusOn(document);
  }));
  for (const box of document.querySelectorAll('form input[name="pick"]:checked')) countSelection(box.form);
})();
