// Run at 320 px: what sticks out of the page, and what is too small to hit (WCAG 2.2, 1.4.10 and 2.5.8).
const faults = [];
const name = (element) => {
  const id = element.id ? `#${element.id}` : `.${element.className}`;
  return `${element.tagName.toLowerCase()}${id} "${(element.textContent || element.value || "").trim().slice(0, 30)}"`;
};
const root = document.scrollingElement;
if (root.scrollWidth > root.clientWidth) {
  faults.push(`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`);
  for (const element of document.querySelectorAll("body *")) {
    if (element.getBoundingClientRect().right > root.clientWidth + 0.5) faults.push(`sticks out: ${name(element)}`);
  }
}
// a link in the middle of a sentence is as high as the sentence's line
const inSentence = (element) => {
  const around = [...element.parentNode.childNodes].filter((node) => node !== element);
  return element.tagName === "A" && around.some((node) => node.nodeType === 3 && /\w/.test(node.data));
};
for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
  const box = element.getBoundingClientRect();
  const shown = element.checkVisibility() && box.width > 1 && box.right > 0;
  if (!shown || inSentence(element)) continue;
  // a pixel grid rounds; half a pixel is none
  if (box.width < 23.5 || box.height < 23.5) {
    faults.push(`${Math.round(box.width)} × ${Math.round(box.height)} px: ${name(element)}`);
  }
}
if (!document.documentElement.lang) faults.push("no language");
if (document.querySelectorAll("h1").length !== 1) faults.push("not exactly one h1");
if (document.querySelectorAll("main").length !== 1) faults.push("not exactly one main");
if (!document.querySelector("meta[name=viewport]")) faults.push("no viewport");
return faults;
