import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

const placeholder = '/*__DATA__*/null';

/** `npm run dev` shows the fixture; a built report keeps the placeholder that `gw` replaces. */
function fixtureWhileDeveloping(): Plugin {
  return {
    name: 'fixture-while-developing',
    apply: 'serve',
    async transformIndexHtml(html) {
      const { makeFixture } = await import('./fixture/make.mjs');
      return html.replace(placeholder, () => JSON.stringify(makeFixture()).replaceAll('<', '\\u003C'));
    },
  };
}

/** The program replaces the placeholder by plain text search, so it must occur once and only once. */
function onePlaceholder(): Plugin {
  return {
    name: 'one-placeholder',
    apply: 'build',
    enforce: 'post',
    writeBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
        const found = String(file.source).split(placeholder).length - 1;
        if (found !== 1) throw new Error(`${file.fileName}: expected '${placeholder}' once, found it ${found} times`);
      }
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [fixtureWhileDeveloping(), viteSingleFile({ removeViteModuleLoader: true }), onePlaceholder()],
  server: { open: false },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: 'report.html' },
  },
  test: { include: ['src/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
