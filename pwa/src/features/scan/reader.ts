/** Reads QR codes out of pictures: the browser's own reader where it has one, else zxing, which is fetched only here. */
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** The text of the code in this picture, or null. */
export type Read = (picture: ImageData) => Promise<string | null>;

interface NativeReader {
  detect(picture: ImageData): Promise<{ rawValue: string }[]>;
}
interface NativeReaderMaker {
  new (options: { formats: string[] }): NativeReader;
  getSupportedFormats(): Promise<string[]>;
}

/** Rejects while the decoder has not come yet, and where neither works: very old browsers that may not run it. */
export async function openReader(win: object = globalThis): Promise<Read> {
  return (await nativeReader(win)) ?? (await zxing());
}

async function nativeReader(win: object): Promise<Read | null> {
  const maker = (win as { BarcodeDetector?: NativeReaderMaker }).BarcodeDetector;
  if (!maker) return null;
  const formats = await maker.getSupportedFormats().catch((): string[] => []);
  if (!formats.includes('qr_code')) return null;
  const reader = new maker({ formats: ['qr_code'] });
  return async (picture) => (await reader.detect(picture))[0]?.rawValue ?? null;
}

/** The same object each time, so that the decoder is made once and not at every opening of the page. */
const WHERE = { locateFile: () => wasm };

async function zxing(): Promise<Read> {
  const { prepareZXingModule, purgeZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  await prepareZXingModule({ overrides: WHERE, fireImmediately: true }).catch((error: unknown) => {
    purgeZXingModule();
    throw error;
  });
  const read: Read = async (picture) => {
    const found = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true });
    return found.find((one) => one.isValid)?.text ?? null;
  };
  // While the camera opens, so that the first card is told as fast as the others.
  await read(new ImageData(640, 360));
  return read;
}

/** Whether the decoder lies on this phone; it comes after the other files (sw/later.ts). */
export async function readerIsHere(win: object = globalThis): Promise<boolean> {
  const { caches } = win as { caches?: CacheStorage };
  return (await caches?.match(wasm)) !== undefined;
}
