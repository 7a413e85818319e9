// Put into each page before its own code: from a finger's touch, or from the page's start, to the frame that shows the answer.
(() => {
  const long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });

  const found = ({ at, not, says }) => () => {
    const there = document.querySelector(at);
    return there !== null && !(not && document.querySelector(not)) && (!says || there.textContent === says);
  };

  /** Resolves with performance.now() after the frame that follows the first change after which `shown` holds. */
  const painted = (shown, now) => new Promise((resolve) => {
    const told = () => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(0);
    });
    if (now && shown()) return told();
    const eye = new MutationObserver(() => {
      if (!shown()) return;
      eye.disconnect();
      told();
    });
    eye.observe(document, { childList: true, subtree: true, characterData: true });
  });

  const bits = crypto.subtle.deriveBits.bind(crypto.subtle);
  crypto.subtle.deriveBits = async (how, ...rest) => {
    const begun = performance.now();
    const found = await bits(how, ...rest);
    if (how.name === 'PBKDF2') window.stopwatch.pin = { begun, ms: performance.now() - begun };
    return found;
  };

  window.stopwatch = {
    /** From the next event of this type, on a button of these words if given, to the frame with what is wanted; noted as `name`. */
    arm(type, wanted, words, name) {
      window.stopwatch[name] = new Promise((resolve) => {
        const heard = (event) => {
          if (words && !event.target.closest('button, a')?.textContent.includes(words)) return;
          window.removeEventListener(type, heard, true);
          painted(found(wanted), false).then((at) => resolve(at - event.timeStamp));
        };
        window.addEventListener(type, heard, true);
      });
    },
    /** What was noted as `name`; an error, and not a wait for ever, when it has not come after `ms`. */
    within(name, ms) {
      return Promise.race([
        window.stopwatch[name],
        new Promise((_, reject) => setTimeout(() => reject(new Error(`${name} never came; there stands: ${document.body.innerText.slice(0, 200)}`)), ms)),
      ]);
    },
    /** Since navigation: when it was first shown, and when no long task had come for half a second. */
    async opened(wanted) {
      const names = await painted(found(wanted), true);
      return { names, usable: await window.stopwatch.quiet(names) };
    },
    /** When the last long task ended (or `since`), after half a second without one. */
    async quiet(since = 0) {
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        const last = long.reduce((end, task) => Math.max(end, task.startTime + task.duration), since);
        if (performance.now() - last >= 500) return last;
      }
    },
    /** Gaps between frames, ms, while the list is moved under her finger. */
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
    /** What this machine does without us: read, parse, search and keep the same rows as plain text. */
    async plain(texts) {
      const db = await new Promise((resolve, reject) => {
        const asked = indexedDB.open('plain', 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore('rows', { autoIncrement: true });
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
      const keep = (rows, durability) => new Promise((resolve, reject) => {
        const tx = db.transaction('rows', 'readwrite', { durability });
        for (const row of rows) tx.objectStore('rows').add(row);
        tx.oncomplete = resolve;
        tx.onerror = () => reject(tx.error);
      });
      if (texts) return keep(texts, 'relaxed');
      const begun = performance.now();
      const rows = await new Promise((resolve) => { db.transaction('rows').objectStore('rows').getAll().onsuccess = (event) => resolve(event.target.result); });
      const docs = rows.map((row) => JSON.parse(row));
      const read = performance.now();
      const names = docs.flat().map((row) => (row.name ?? '') + (row.name_key ?? '') + (row.phone ?? ''));
      const at = performance.now();
      names.filter((name) => name.includes('wang'));
      const searched = performance.now();
      await keep([rows[0]], 'strict');
      return { read_ms: read - begun, search_ms: searched - at, keep_ms: performance.now() - searched, rows: rows.length };
    },
  };
})();
