// Put into each page before its own code: the same build with sealing switched off. What the app seals lies there as it is; what
// wraps its key by the six digits stays real, since without it there is no way in.
(() => {
  const { subtle } = crypto;
  const real = Object.fromEntries(['encrypt', 'decrypt', 'generateKey', 'deriveBits'].map((name) => [name, subtle[name].bind(subtle)]));
  const wraps = (key) => key.usages.includes('unwrapKey');
  const TAG = 16;

  subtle.encrypt = (how, key, plain) => {
    if (how.name !== 'AES-GCM' || wraps(key)) return real.encrypt(how, key, plain);
    const box = new Uint8Array(plain.byteLength + TAG);
    box.set(plain instanceof ArrayBuffer ? new Uint8Array(plain) : plain);
    return Promise.resolve(box.buffer);
  };
  subtle.decrypt = (how, key, box) => {
    if (how.name !== 'AES-GCM' || wraps(key)) return real.decrypt(how, key, box);
    return Promise.resolve(box.buffer.slice(box.byteOffset, box.byteOffset + box.byteLength - TAG));
  };

  // Each row that waits is sealed to the town as well, with a pair of keys of its own: here it is one pair for all.
  const kept = {};
  subtle.generateKey = (how, ...rest) => (how.name === 'ECDH' ? (kept.pair ??= real.generateKey(how, ...rest)) : real.generateKey(how, ...rest));
  subtle.deriveBits = (how, ...rest) => (how.name === 'ECDH' ? (kept.bits ??= real.deriveBits(how, ...rest)) : real.deriveBits(how, ...rest));
})();
