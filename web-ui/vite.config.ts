import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The gateway serves dist/ under a Content-Security-Policy of scripts 'self': nothing is inlined.
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // The address says the content, so the gateway may cache it for ever.
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': process.env.SAKER_URL ?? 'http://127.0.0.1:8000',
      '/ws': { target: process.env.SAKER_URL ?? 'http://127.0.0.1:8000', ws: true },
    },
  },
});
