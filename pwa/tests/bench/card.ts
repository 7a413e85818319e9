/** The decoder alone and a bare check of a signature, for a stopwatch beside the scan page. */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const SIDE = 1024;
const CHECKS = 50;

export interface Took {
  decode: number[];
  verify: number[];
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** A picture as the scan page hands it over: its longest side 1,024. */
async function pictureOf(jpeg: string): Promise<ImageData> {
  const bitmap = await createImageBitmap(new Blob([bytesOf(jpeg)], { type: 'image/jpeg' }));
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('no canvas');
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

async function timed(what: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await what();
  return performance.now() - begun;
}

async function checks(): Promise<number[]> {
  const how = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(how, false, ['sign', 'verify']);
  const said = crypto.getRandomValues(new Uint8Array(60));
  const signature = await crypto.subtle.sign(how, privateKey, said);
  const found: number[] = [];
  for (let n = 0; n < CHECKS; n++) found.push(await timed(() => crypto.subtle.verify(how, publicKey, signature, said)));
  return found;
}

/** `wasm` and the JPEGs in base64; milliseconds of each. The first picture is read once before, so that nothing is cold. */
export async function cardsAlone(wasm: string, scenes: readonly string[]): Promise<Took> {
  await prepareZXingModule({ overrides: { wasmBinary: bytesOf(wasm).buffer }, fireImmediately: true });
  const read = (picture: ImageData) => readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true });
  const pictures = await Promise.all(scenes.map(pictureOf));
  if (pictures[0]) await read(pictures[0]);
  const decode: number[] = [];
  for (const picture of pictures) decode.push(await timed(() => read(picture)));
  return { decode, verify: await checks() };
}

Object.assign(globalThis, { cardsAlone });
