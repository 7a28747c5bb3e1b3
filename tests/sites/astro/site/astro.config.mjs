import { defineConfig } from 'astro/config';

export default defineConfig({
  redirects: { '/w10': '/posts/2024-03-08-week-10/' },
});
