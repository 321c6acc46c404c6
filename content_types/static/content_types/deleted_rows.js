/* Wagtail keeps a deleted row in the page, hidden, and still counts it when another is dragged:
   the rows would end up elsewhere than where they were dropped. Here it is counted no more. */
(() => {
  const { blocks } = window.wagtailStreamField ?? {};
  if (!blocks) return;
  const sequence = Object.getPrototypeOf(blocks.ListBlock.prototype);
  const { deleteBlock } = sequence;
  sequence.deleteBlock = function deleteAndForget(index, options) {
    const { element } = this.children[index];
    deleteBlock.call(this, index, options);
    element.removeAttribute('data-streamfield-child');
  };
})();
