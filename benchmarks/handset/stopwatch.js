// Put into each page before its own code: from a finger's touch, or from the page's start, to the frame that shows the answer.
(() => {
  const long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });

  /** Resolves with performance.now() once what is on the glass fits `shown`. */
  const painted = (shown) => new Promise((resolve) => {
    const told = () => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(0);
    });
    if (shown()) return told();
    const eye = new MutationObserver(() => {
      if (!shown()) return;
      eye.disconnect();
      told();
    });
    eye.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  });

  const found = ({ at, text, not }) => () =>
    [...document.querySelectorAll(at)].some((one) => (!text || one.textContent.includes(text))) && !(not && document.querySelector(not));

  window.stopwatch = {
    long,
    /** From the next event of this type to what is then shown. */
    arm(type, wanted) {
      window.stopwatch.took = new Promise((resolve) => {
        window.addEventListener(type, (event) => {
          const begun = event.timeStamp;
          painted(found(wanted)).then((at) => resolve(at - begun));
        }, { capture: true, once: true });
      });
    },
    /** Since navigation: when it was first shown, and when the page was then free again for half a second. */
    async opened(wanted) {
      const names = await painted(found(wanted));
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        const last = long.reduce((end, task) => Math.max(end, task.startTime + task.duration), names);
        if (performance.now() - last >= 500) return { names, usable: last, longest: Math.max(0, ...long.filter((task) => task.startTime > names).map((task) => task.duration)) };
      }
    },
    /** Gaps between frames while the list is moved under her finger. */
    frames(ms) {
      window.stopwatch.gaps = new Promise((resolve) => {
        const gaps = [];
        const begun = performance.now();
        let before;
        const frame = (now) => {
          if (before !== undefined) gaps.push(now - before);
          before = now;
          if (now - begun < ms) requestAnimationFrame(frame);
          else resolve(gaps);
        };
        requestAnimationFrame(frame);
      });
    },
  };
})();
