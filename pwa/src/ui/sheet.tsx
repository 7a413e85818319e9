/** A question from the bottom of the screen, in the browser's own dialog: focus stays inside, Escape and the phone's back key close it and leave the page. */
import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { useApp } from './app';

export interface SheetProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Sheet({ title, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { router } = useApp();
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    dialog.current?.showModal();
    return router.cover(() => close.current());
  }, [router]);
  return (
    <dialog class="sheet" ref={dialog} aria-label={title} onClose={onClose} onClick={(e) => { if (e.target === dialog.current) onClose(); }}>
      <div class="stack pad">
        <h2>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
