import { defineConfig, mergeConfig } from 'vitest/config';
import page from './vite.config.js';

export default mergeConfig(
  page,
  defineConfig({
    test: {
      include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts', 'eslint/*.test.js', 'scripts/*.test.js'],
      // The tests over HTTP start a real server, on a machine that runs other checks.
      hookTimeout: 120_000,
      testTimeout: 60_000,
      environment: 'node',
      // Workers on another clock than the server's town would hide a wrong day.
      env: { TZ: 'Asia/Shanghai' },
    },
  }),
);
