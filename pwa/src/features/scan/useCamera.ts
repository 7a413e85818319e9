/** The camera's picture in a video element, its light, and what it sees. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { openReader, readerIsHere, type Read } from './reader';

/** `coming`: the reader is not on this phone yet. */
export type Why = 'camera' | 'reader' | 'coming';

export type Camera =
  | { readonly at: 'starting' }
  | { readonly at: 'seeing'; readonly light: boolean | null }
  | { readonly at: 'stopped'; readonly why: Why };

/** The longest side of the picture that is looked at; more costs time and reads no better. */
const SIDE = 1024;
const PAUSE_MS = 60;

/** `seen` is called with each text that a picture shows, again and again while the code is before the camera. */
export function useCamera(seen: (text: string) => void) {
  const video = useRef<HTMLVideoElement>(null);
  const [camera, say] = useState<Camera>({ at: 'starting' });
  const tell = useRef(seen);
  tell.current = seen;
  const stream = useRef<MediaStream | null>(null);
  useEffect(() => {
    let on = true;
    const run = async () => {
      const [read, picture] = await Promise.all([openReader().catch(() => null), openCamera()]);
      stream.current = picture;
      if (!on || !picture || !read || !video.current) {
        stop(picture);
        const why = !picture ? 'camera' : (await readerIsHere()) ? 'reader' : 'coming';
        return on ? say({ at: 'stopped', why }) : undefined;
      }
      video.current.srcObject = picture;
      await video.current.play().catch(() => undefined);
      say({ at: 'seeing', light: hasLight(picture) ? false : null });
      await watch(video.current, read, () => on, (text) => tell.current(text));
    };
    void run();
    return () => {
      on = false;
      stop(stream.current);
    };
  }, []);
  const light = async (on: boolean) => {
    await trackOf(stream.current)?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] }).catch(() => undefined);
    say({ at: 'seeing', light: on });
  };
  return { video, camera, light };
}

const openCamera = async (): Promise<MediaStream | null> => {
  if (!('mediaDevices' in navigator)) return null;
  const wanted = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
  return navigator.mediaDevices.getUserMedia({ video: wanted, audio: false }).catch(() => null);
};

const stop = (stream: MediaStream | null): void => stream?.getTracks().forEach((track) => track.stop());

const trackOf = (stream: MediaStream | null): MediaStreamTrack | undefined => stream?.getVideoTracks()[0];

function hasLight(stream: MediaStream): boolean {
  const track = trackOf(stream);
  return track !== undefined && 'getCapabilities' in track && 'torch' in track.getCapabilities();
}

/** Looks at one picture after another until told to stop. */
async function watch(video: HTMLVideoElement, read: Read, on: () => boolean, seen: (text: string) => void): Promise<void> {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  while (on() && pen) {
    const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (canvas.width && canvas.height) {
      pen.drawImage(video, 0, 0, canvas.width, canvas.height);
      const text = await read(pen.getImageData(0, 0, canvas.width, canvas.height)).catch(() => null);
      if (text !== null && on()) seen(text);
    }
    await new Promise((go) => setTimeout(go, PAUSE_MS));
  }
}
