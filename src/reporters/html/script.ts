/**
 * Search, filters and what helps with keys. The page is whole without it: it shows the filters, and only ever hides and
 * shows what is there. It reads nothing but the page and makes no markup.
 */
export const SCRIPT = `'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  /* A link to what is folded unfolds it, in browsers that do not do so themselves. */
  const unfold = () => {
    let target = null;
    try {
      target = byId(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return;
    }
    if (target === null) return;
    let folded = target.closest('details:not([open])');
    if (folded === null) return;
    for (; folded !== null; folded = target.closest('details:not([open])')) folded.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', unfold);
  unfold();

  /* Paper cannot be unfolded. */
  let unfolded = [];
  addEventListener('beforeprint', () => {
    unfolded = all('details:not([open])');
    for (const details of unfolded) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of unfolded) details.open = false;
    unfolded = [];
  });

  const form = byId('filters');
  if (form === null) return;
  const text = byId('filter-text');
  const result = byId('filter-result');
  const fold = byId('fold');
  const choices = ['domain', 'rule', 'kind', 'state'].map((name) => byId('filter-' + name));
  const [domain, rule, kind, state] = choices;
  const groups = all('#findings-list > details').map((element) => ({
    element,
    blocks: all(':scope > section', element).map((block) => ({
      element: block,
      severity: block.dataset.severity,
      rule: block.dataset.rule,
      items: all(':scope > ul > li', block).map((item) => ({
        element: item,
        kind: item.dataset.kind,
        state: item.className,
        text: null,
      })),
    })),
  }));
  const total = groups.reduce((sum, { blocks }) => blocks.reduce((some, { items }) => some + items.length, sum), 0);

  const words = (element) => element.textContent.toLowerCase();
  /* What a search looks in: read when it is first needed. */
  const prepare = () => {
    for (const { element, blocks } of groups) {
      const name = words(element.querySelector('summary'));
      for (const block of blocks) {
        const about = words(block.element.querySelector('h4')) + ' ' + block.rule.toLowerCase();
        for (const item of block.items) item.text = words(item.element) + ' ' + about + ' ' + name;
      }
    }
  };
  const set = (element, hidden) => {
    if (element.hidden !== hidden) element.hidden = hidden;
    return hidden;
  };
  const chosen = (select) => (select === null ? '' : select.value);

  const apply = () => {
    const wanted = text.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
    if (wanted.length > 0 && groups[0]?.blocks[0]?.items[0]?.text === null) prepare();
    const severities = new Set(all('input:checked', form).map((box) => box.value));
    const is = { domain: chosen(domain), rule: chosen(rule), kind: chosen(kind), state: chosen(state) };
    const hidesBlock = (block) =>
      (severities.size > 0 && !severities.has(block.severity)) ||
      (is.domain !== '' && block.rule.split('/')[0] !== is.domain) ||
      (is.rule !== '' && block.rule !== is.rule);
    const hidesItem = (item) =>
      (is.kind !== '' && item.kind !== is.kind) ||
      (is.state !== '' && item.state !== is.state) ||
      !wanted.every((word) => item.text.includes(word));
    let shown = 0;
    for (const group of groups) {
      const before = shown;
      for (const block of group.blocks) {
        const start = shown;
        if (!hidesBlock(block)) {
          for (const item of block.items) if (!set(item.element, hidesItem(item))) shown += 1;
        }
        set(block.element, shown === start);
      }
      set(group.element, shown === before);
    }
    result.textContent =
      shown === total
        ? total + (total === 1 ? ' finding' : ' findings')
        : shown + ' of ' + total + (total === 1 ? ' finding' : ' findings');
  };

  const resetAll = () => {
    form.reset();
  };
  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(apply);
  };
  form.addEventListener('input', soon);
  form.addEventListener('reset', () => setTimeout(apply));
  form.addEventListener('submit', (event) => event.preventDefault());
  fold.addEventListener('click', () => {
    const open = groups.some(({ element }) => element.open);
    for (const { element } of groups) element.open = !open;
    fold.textContent = open ? 'Unfold all' : 'Fold all';
  });

  /* Escape shows all again; from the search, Enter or Down leads to the first finding, and arrows from one to the next. */
  const shownItems = () => all('#findings-list li[data-kind]').filter((item) => item.checkVisibility());
  const goTo = (item) => {
    if (item === undefined) return;
    item.tabIndex = -1;
    item.focus();
  };
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') resetAll();
    else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      apply();
      goTo(shownItems()[0]);
    } else return;
    event.preventDefault();
  });
  byId('findings-list').addEventListener('keydown', (event) => {
    const here = event.target;
    if (!here.matches('li[data-kind]')) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') text.focus();
    else if (step !== undefined) {
      const items = shownItems();
      goTo(items[items.indexOf(here) + step]);
    } else return;
    event.preventDefault();
  });
  form.hidden = false;
  /* Browsers keep what was chosen when a page is loaded again. */
  apply();
})();
`
  .replaceAll(/\n\s*/g, '\n')
  .replaceAll(/\/\*[^*]*\*\/\n/g, '');
