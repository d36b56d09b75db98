// Light, dark or high contrast: shown at once, kept in a cookie that the server reads on the next page.
const MODES = { light: "light", dark: "theme", contrast: "high-contrast" };
const YEAR = 365 * 24 * 60 * 60;

function mark(mode) {
  for (const button of document.querySelectorAll("[data-display]")) {
    button.setAttribute("aria-pressed", String(MODES[button.dataset.display] === mode));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-display]");
  if (!button) return;
  const choice = button.dataset.display;
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `display_mode=${choice}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  document.documentElement.dataset.krdsMode = MODES[choice];
  mark(MODES[choice]);
  document.dispatchEvent(new CustomEvent("displaychange"));
});

mark(document.documentElement.dataset.krdsMode);

// Paper is light: charts are drawn again for it, and back afterwards.
let shown = null;
function wear(mode) {
  document.documentElement.dataset.krdsMode = mode;
  document.dispatchEvent(new CustomEvent("displaychange"));
}
window.addEventListener("beforeprint", () => {
  shown = document.documentElement.dataset.krdsMode;
  if (shown !== MODES.light) wear(MODES.light);
});
window.addEventListener("afterprint", () => {
  if (shown && shown !== MODES.light) wear(shown);
  shown = null;
});
