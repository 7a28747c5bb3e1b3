import { defineConfig } from 'astro/config';

export default defineConfig({
  site: 'https://notes.example',
  base: '/diary',
  trailingSlash: 'never',
  build: { format: 'file' },
  srcDir: './source',
});
