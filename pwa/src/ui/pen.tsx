/** A signature by finger: strokes as short text, at most 2 KB, so that it travels inside the record. */
import { useState } from 'preact/hooks';
import type { TargetedPointerEvent } from 'preact';
import { addPoint, beginStroke, pathOf, type Strokes } from './strokes';

interface PenProps {
  label: string;
  strokes: Strokes;
  onDraw: (strokes: Strokes) => void;
}

const WIDE = 320;
const HIGH = 120;

export function Pen({ label, strokes, onDraw }: PenProps) {
  const [drawing, setDrawing] = useState(false);
  const at = (e: TargetedPointerEvent<SVGSVGElement>): [number, number] => {
    const box = e.currentTarget.getBoundingClientRect();
    return [Math.round(((e.clientX - box.left) / box.width) * WIDE), Math.round(((e.clientY - box.top) / box.height) * HIGH)];
  };
  const begin = (e: TargetedPointerEvent<SVGSVGElement>): void => {
    e.currentTarget.setPointerCapture(e.pointerId);
    setDrawing(true);
    onDraw(beginStroke(strokes, at(e)));
  };
  return (
    <svg
      class="pen" viewBox={`0 0 ${String(WIDE)} ${String(HIGH)}`} preserveAspectRatio="none" role="img" aria-label={label}
      onPointerDown={begin} onPointerMove={(e) => { if (drawing) onDraw(addPoint(strokes, at(e))); }}
      onPointerUp={() => setDrawing(false)} onPointerCancel={() => setDrawing(false)}
    >
      {strokes.map((stroke, i) => <path key={i} d={pathOf(stroke)} />)}
    </svg>
  );
}
