import { defineConfig, mergeConfig } from 'vitest/config';
import page from './vite.config.js';

export default mergeConfig(
  page,
  defineConfig({
    test: {
      include: ['src/**/*.test.{ts,tsx}', 'eslint/*.test.js'],
      environment: 'node',
      // Workers on another clock than the server's town would hide a wrong day.
      env: { TZ: 'Asia/Shanghai' },
    },
  }),
);
