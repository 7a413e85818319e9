// Put into each page before its own code: when a frame was taken from the camera, decoded, its signature checked, and said on the glass.
(() => {
  const lens = (window.lens = { frames: 0 });
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (picture, ...rest) {
    if (picture instanceof HTMLVideoElement && !lens.decoded) {
      lens.frames += 1;
      lens.frame = performance.now();
    }
    return draw.call(this, picture, ...rest);
  };
  const { digest, verify } = crypto.subtle;
  // The card's number is the first thing worked out of what a frame said.
  crypto.subtle.digest = function (...given) {
    if (lens.frames) lens.decoded ??= performance.now();
    return digest.apply(this, given);
  };
  crypto.subtle.verify = async function (...given) {
    const good = await verify.apply(this, given);
    if (lens.frames) lens.verified ??= performance.now();
    return good;
  };
  /** From now on: resolves with what was noted once the page says what the card is, or with null after `ms`. */
  window.watchCard = (ms) => {
    Object.assign(lens, { frames: 0, frame: undefined, decoded: undefined, verified: undefined });
    lens.told = new Promise((resolve) => {
      const over = setTimeout(() => resolve(null), ms);
      const eye = new MutationObserver(() => {
        if (!document.querySelector('main .result')) return;
        eye.disconnect();
        clearTimeout(over);
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve({ ...lens, told: performance.now() });
          port2.postMessage(0);
        });
      });
      eye.observe(document, { childList: true, subtree: true });
    });
  };
})();
