/** Strokes of a signature. As text: strokes parted by ";", points by " ", "x,y" in base 36 of a 320 by 120 sheet. Pure. */

export type Point = readonly [x: number, y: number];
export type Strokes = readonly (readonly Point[])[];

/** The record's own limit for a signature, in bytes. */
export const LIMIT = 2048;

/** Points nearer than this to the last one say nothing new. */
const NEAR = 4;

const far = (a: Point, b: Point): boolean => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) >= NEAR;

export const textOf = (strokes: Strokes): string =>
  strokes.map((stroke) => stroke.map(([x, y]) => `${x.toString(36)},${y.toString(36)}`).join(' ')).join(';');

const within = (longer: Strokes, before: Strokes): Strokes => (textOf(longer).length <= LIMIT ? longer : before);

export const beginStroke = (strokes: Strokes, point: Point): Strokes => within([...strokes, [point]], strokes);

/** The strokes with one more point, unless it is too near or the text would grow over the limit. */
export function addPoint(strokes: Strokes, point: Point): Strokes {
  const stroke = strokes[strokes.length - 1];
  const last = stroke?.[stroke.length - 1];
  if (!stroke || !last || !far(last, point)) return strokes;
  return within([...strokes.slice(0, -1), [...stroke, point]], strokes);
}

/** Reads the text back, for showing a signature again. */
export const readStrokes = (text: string): Strokes =>
  text.split(';').filter(Boolean).map((stroke) => stroke.split(' ').map((point) => {
    const [x = '0', y = '0'] = point.split(',');
    return [parseInt(x, 36), parseInt(y, 36)] as const;
  }));

/** SVG path data; a single touch becomes a dot. */
export function pathOf(stroke: readonly Point[]): string {
  const [first, ...rest] = stroke;
  if (!first) return '';
  const tail = rest.length > 0 ? rest.map(([x, y]) => `L${String(x)} ${String(y)}`).join('') : 'l1 0';
  return `M${String(first[0])} ${String(first[1])}${tail}`;
}

/** Enough ink to be a name and not a slip of the finger. */
export const signed = (strokes: Strokes): boolean => strokes.reduce((n, stroke) => n + stroke.length, 0) >= 6;
