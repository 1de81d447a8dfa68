/* Says two minutes before the end of the session that it ends, and lets the person go on. */
(() => {
  "use strict";

  const warning = document.querySelector("[data-session-warning]");
  const said = document.querySelector("[data-session-ends]");
  if (!warning || !said) return;

  const WARNED_BEFORE = 2 * 60 * 1000;
  let timer = 0;

  const plan = (end) => {
    clearTimeout(timer);
    warning.hidden = true;
    timer = setTimeout(() => { warning.hidden = false; }, Math.max(0, end - Date.now() - WARNED_BEFORE));
  };

  warning.querySelector("[data-session-keep]").addEventListener("click", async () => {
    const answer = await fetch(warning.dataset.keep, { credentials: "same-origin" });
    const end = answer.headers.get("X-Session-Ends");
    if (end) plan(Date.parse(end));
    else location.reload();
  });

  plan(Date.parse(said.dateTime));
})();
