/** One file of the app shell as the build left it. `url` begins with /app/; `sha256` is base64url without padding. */
interface PrecacheEntry {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What scripts/build.mjs writes into the service worker: every file the phone needs without a network. */
declare const __PRECACHE__: readonly PrecacheEntry[];

/** Names one build: changes exactly when a file of it changes. In the page it is the app's version from package.json. */
declare const __BUILD__: string;
