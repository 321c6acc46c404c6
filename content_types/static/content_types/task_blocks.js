/* Finding one's way in the blocks of a task's form, as Wagtail's editor keeps them. */
(() => {
  const { blocks } = window.wagtailStreamField;

  const elementOf = (block) => block.container?.[0] ?? block.element;

  /* The blocks right below one, each with the step that leads to it. */
  const below = (block) => {
    if (block instanceof blocks.StreamBlock || block instanceof blocks.ListBlock) {
      return block.children.map((child, at) => [at, child.block]);
    }
    return Object.entries(block.childBlocks ?? {});
  };

  /* Clear what is said of a block and of all below it. */
  const clearErrors = (block) => {
    if (block instanceof blocks.FieldBlock) block.setError(null);
    else block.setError?.({});
    below(block).forEach(([, child]) => clearErrors(child));
  };

  /* The block that a path of steps leads to; the last that is there. */
  const at = (block, path) =>
    path.reduce((found, step) => {
      const next = below(found).find(([name]) => String(name) === String(step));
      return next ? next[1] : found;
    }, block);

  /* Every list, and every text that takes gaps, with the names of the blocks that lead to it. Not
     the lists in the rows of a list. */
  const pasteable = (block, path = []) => {
    if (block instanceof blocks.ListBlock) {
      const row = block.blockDef.childBlockDef;
      return [{ block, path, sort: 'rows', row }];
    }
    if (block instanceof blocks.FieldBlock) {
      const isForGaps = block.blockDef.meta.attrs?.['data-pasted'] === 'gaps';
      return isForGaps ? [{ block, path, sort: 'gaps' }] : [];
    }
    return below(block).flatMap(([step, child]) =>
      pasteable(child, [...path, block instanceof blocks.StreamBlock ? child.type : step]),
    );
  };

  /* Whether nothing is written in a value, as a new row has it. */
  const isEmpty = (state) => {
    if (state === null || state === undefined || state === '' || state === false) return true;
    if (typeof state !== 'object') return false;
    return Object.values(state).every((part) => isEmpty(part?.value ?? part));
  };

  window.lyceumTask = { at, clearErrors, elementOf, isEmpty, pasteable };
})();
