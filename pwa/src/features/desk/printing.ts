/** Prints one sheet of a page alone: its other parts step back while the printer is asked. */
export function printAlone(sheet: HTMLElement | null): void {
  if (!sheet) return;
  document.body.classList.add('one-only');
  sheet.classList.add('printed');
  window.print();
  sheet.classList.remove('printed');
  document.body.classList.remove('one-only');
}
