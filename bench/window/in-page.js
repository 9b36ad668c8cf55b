/*
 * What is timed within the page, for everything else would count the way to it too. Evaluated there as text; each function
 * answers in milliseconds.
 */
(() => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  /** Resolves when what is drawn now is on its way to the screen: after the frame has been painted. */
  async function painted() {
    await frame();
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    return performance.now();
  }

  /** Resolves as soon as `test` holds after a change of the page. */
  function changed(test) {
    return new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!test()) return;
        observer.disconnect();
        resolve();
      });
      const all = { attributes: true, characterData: true, childList: true, subtree: true };
      observer.observe(document.body, all);
    });
  }

  /** From doing something until what it changes is on the screen, and what of that passed before the page changed. */
  async function untilPainted(act, test) {
    const began = performance.now();
    const change = changed(test).then(() => performance.now());
    act();
    const patched = await change;
    return { patched: patched - began, shown: (await painted()) - began };
  }

  const press = (key) => {
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    );
  };

  globalThis.bench = {
    /** @param digit gives the label that the chosen segment then has */
    relabel: (digit, label) =>
      untilPainted(
        () => press(digit),
        () =>
          document
            .querySelector('.tier-lane[data-kind=annotator] .handle[aria-pressed=true]')
            ?.getAttribute('aria-label')
            ?.startsWith(label) ?? false,
      ),
    search: (words, found) => {
      const box = document.querySelector('input[type=search]');
      return untilPainted(
        () => {
          box.value = words;
          box.dispatchEvent(new InputEvent('input', { bubbles: true }));
        },
        () =>
          document.querySelector('.library li.row')?.getAttribute('aria-setsize') === String(found),
      );
    },
    /** The times from frame to frame while the wheel is turned once a frame. */
    turn: async (turns, { deltaX = 0, deltaY = 0, zooms = false, back = turns }) => {
      const lanes = document.querySelector('.lanes');
      const { left, top, width } = lanes.getBoundingClientRect();
      const times = [];
      let last = await frame();
      for (let turn = 0; turn < turns; turn += 1) {
        const way = turn < back ? 1 : -1;
        lanes.dispatchEvent(
          new WheelEvent('wheel', {
            ...{ bubbles: true, cancelable: true, ctrlKey: zooms },
            ...{ deltaX: way * deltaX, deltaY: way * deltaY },
            ...{ clientX: left + 0.6 * width, clientY: top + 80 },
          }),
        );
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      return times;
    },
  };
})();
