/** A real link that stays inside the app. */
import type { ComponentChildren } from 'preact';
import { useApp } from './app';

interface LinkProps {
  to: string;
  replace?: boolean;
  class?: string;
  'aria-label'?: string;
  /** before it goes */
  onFollow?: () => void;
  'aria-current'?: 'page' | 'true' | undefined;
  /** One of a list that arrow keys walk. */
  'data-row'?: boolean;
  children?: ComponentChildren;
}

const plain = (e: MouseEvent): boolean => e.button === 0 && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.altKey;

export function Link({ to, replace = false, onFollow, children, ...rest }: LinkProps) {
  const { router } = useApp();
  const follow = (e: MouseEvent): void => {
    if (!plain(e)) return;
    e.preventDefault();
    onFollow?.();
    router.go(to, replace ? 'replace' : 'push');
  };
  return <a {...rest} href={router.href(to)} onClick={follow}>{children}</a>;
}
