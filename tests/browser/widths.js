// What widths.py asks of a page that is shown.
(() => {
  const seen = { visibilityProperty: true, opacityProperty: true };
  const isShown = (one) => one.checkVisibility(seen) && !one.closest(".sr, [aria-hidden=true]");
  const named = (one) => `${one.tagName.toLowerCase()}.${one.className} "${one.textContent.trim().slice(0, 40)}"`;

  // What has no room, wherever it stands: a name that is cut to a few letters, a word that is broken, words
  // beyond the edge of what they stand in; and a name from the right that lost its beginning.
  const fromRight = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u;
  const isText = (node) => node.nodeType === 3 || getComputedStyle(node).display === "inline";
  const cutsOf = (one, least) => {
    const { textOverflow, direction } = getComputedStyle(one);
    if (textOverflow !== "ellipsis" || one.matches("select") || !isShown(one)) return [];
    const isCut = one.scrollWidth > one.clientWidth + 1 && one.clientWidth < least && !one.closest(".ev");
    const turns = [...one.childNodes].every(isText) && fromRight.test(one.textContent) && direction !== "rtl";
    return [isCut && `cut to ${one.clientWidth} px`, turns && "cut at its beginning"].filter(Boolean);
  };
  const range = document.createRange();
  const isBroken = (text, word) => {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1;
  };
  const FRAMES = ".card, .field, .chip, .btn, .chips, .editor, .segments, .ev, .callout";
  const isClipped = (one, frame) =>
    one !== frame && (getComputedStyle(one).overflow !== "visible" || isClipped(one.parentElement, frame));
  const sticksOut = (text, one) => {
    const frame = one.closest(FRAMES);
    if (!frame || isClipped(one, frame)) return false;
    range.selectNodeContents(text);
    const inner = range.getBoundingClientRect(), outer = frame.getBoundingClientRect();
    return inner.right > outer.right + 1 || inner.left < outer.left - 1
      || inner.bottom > outer.bottom + 2 || inner.top < outer.top - 2;
  };
  const faultsOf = (text) => {
    const one = text.parentElement;
    if (!text.data.trim() || !isShown(one) || one.closest("option, textarea")) return [];
    const words = [...text.data.matchAll(/[\p{L}\p{N}]+/gu)].filter((word) => word[0].length < 17);
    const broken = words.find((word) => isBroken(text, word));
    return [broken && `"${broken[0]}" is broken`, sticksOut(text, one) && "sticks out"].filter(Boolean);
  };
  const crowded = (least) => {
    const found = new Set();
    for (const one of document.querySelectorAll("main *, .topbar *"))
      for (const fault of cutsOf(one, least)) found.add(`${fault}: ${named(one)}`);
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (texts.nextNode())
      for (const fault of faultsOf(texts.currentNode)) found.add(`${fault}: ${named(texts.currentNode.parentElement)}`);
    return [...found];
  };

  // Where the system forces its colours, tints and shadows are gone: what has no border has no edge.
  const CONTROLS = ".btn, .field, .chips, .chip, .editor, .segments, .check, .pop, .days label, .status.fill, "
    + ".tools summary, button:not(.link, .segments > *)";
  const CURRENT = "[aria-current=page], [aria-pressed=true], :has(:checked)";
  const hasEdge = (one) => {
    const style = getComputedStyle(one);
    const isLine = (side) => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none";
    return style.appearance === "auto" || ["Top", "Right", "Bottom", "Left"].every(isLine);
  };
  const lookOf = (one) => {
    const { backgroundColor, borderBottomWidth, borderLeftWidth, outlineStyle } = getComputedStyle(one);
    return [backgroundColor, borderBottomWidth, borderLeftWidth, outlineStyle].join();
  };
  const looksLikeOthers = (one) => [...one.parentElement.children].some((other) =>
    other.className === one.className && !other.matches(CURRENT) && lookOf(other) === lookOf(one));
  const edgeless = () => {
    const chosen = document.querySelectorAll(`:is(.segments, .days, nav) > :is(${CURRENT}):not(.btn)`);
    return [
      ...[...document.querySelectorAll(CONTROLS)].filter((one) => isShown(one) && !hasEdge(one)),
      ...[...chosen].filter((one) => isShown(one) && looksLikeOthers(one)),
    ].map(named);
  };

  return { crowded, edgeless };
})()
