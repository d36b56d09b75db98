// In a form with `data-mentions="address"` an @ offers the people who may see the page; without scripts one types the account.
const PAUSE = 150;
const TYPED = /(?:^|[^\w@.+-])@([\p{L}\p{N}_.+-]{0,40})$/u;
let list = null;
let area = null;
let timer = 0;
let asked = 0;

const typed = (field) => TYPED.exec(field.value.slice(0, field.selectionStart));

function close() {
  window.clearTimeout(timer);
  asked += 1; // an answer that is still under way comes too late
  list?.remove();
  list = null;
  area?.removeAttribute("aria-activedescendant");
  area?.removeAttribute("aria-controls");
}

function choose(option) {
  const found = typed(area);
  if (!found) return close();
  const start = area.selectionStart - found[1].length;
  area.setRangeText(`${option.dataset.account} `, start, area.selectionStart, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  close();
  area.focus();
}

function mark(option) {
  list.querySelectorAll("[aria-selected]").forEach((each) => each.setAttribute("aria-selected", String(each === option)));
  area.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function show(people) {
  close();
  if (!people.length) return;
  list = document.createElement("ul");
  list.className = "mention-list";
  list.id = "mention-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", area.labels[0]?.textContent ?? "@");
  people.forEach(({ account, name }, place) => {
    const option = document.createElement("li");
    option.id = `mention-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.account = account;
    option.textContent = `${name} @${account}`;
    list.append(option);
  });
  area.after(list);
  area.setAttribute("aria-controls", list.id);
  mark(list.firstElementChild);
}

async function ask(form) {
  const found = typed(area);
  if (!found) return close();
  const number = (asked += 1);
  const answer = await fetch(`${form.dataset.mentions}&q=${encodeURIComponent(found[1])}`).catch(() => null);
  if (number === asked && answer?.ok) show((await answer.json()).people);
}

document.addEventListener("input", ({ target }) => {
  const form = target.matches?.("textarea") && target.closest("form[data-mentions]");
  if (!form) return;
  area = target;
  window.clearTimeout(timer);
  if (!typed(area)) return close();
  timer = window.setTimeout(ask, PAUSE, form);
});

document.addEventListener("keydown", (event) => {
  if (!list || event.target !== area || event.isComposing) return;
  const current = list.querySelector("[aria-selected='true']");
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (step) mark(current[step] ?? current);
  else if (event.key === "Enter" || event.key === "Tab") choose(current);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.(".mention-list [role='option']");
  if (!option) return list && close();
  event.preventDefault();
  choose(option);
});
