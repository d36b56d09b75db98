// What the scripts say, in the page's language: written by the server beside the page.
const element = document.getElementById("texts");
const texts = element ? JSON.parse(element.textContent) : {};

export const text = (key) => texts[key] ?? key;
