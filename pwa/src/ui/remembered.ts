/** What was worked out of a list, at hand again for as long as the list is the same one: pages ask at each letter and each frame. */
export function remembered<On extends object, Found>(work: (on: On, key: string) => Found): (on: On, key?: string) => Found {
  const known = new WeakMap<On, { key: string; found: Found }>();
  return (on, key = '') => {
    const was = known.get(on);
    if (was?.key === key) return was.found;
    const found = work(on, key);
    known.set(on, { key, found });
    return found;
  };
}
