import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const target = process.env['GW_URL'] ?? 'http://127.0.0.1:8787'

/** Phosphor's icons come in six weights. The pages use the regular one, and Kumo and they these others. */
const otherWeights: Readonly<Record<string, readonly string[]>> = {
  bold: ['CaretDown', 'CaretRight', 'Check', 'MagnifyingGlass', 'Minus'],
  fill: ['ThumbsDown', 'ThumbsUp'],
}

const withoutUnusedWeights: Plugin = {
  name: 'without-unused-weights',
  transform: {
    filter: { id: /@phosphor-icons\/react\/dist\/defs\// },
    handler: (code, id) => {
      const [, icon = ''] = /(\w+)\.es\.js/.exec(id) ?? []
      const isUsed = (weight: string): boolean =>
        weight === 'regular' || (otherWeights[weight]?.includes(icon) ?? false)
      const weights = /\[\s*"(\w+)",[\s\S]*?\n {2}\],?/g
      return { code: code.replaceAll(weights, (all, weight: string) => (isUsed(weight) ? all : '')), map: null }
    },
  },
}

/** `vite` alone serves the pages with hot reload, and passes API calls to a gateway that runs beside it. */
export default defineConfig({
  plugins: [withoutUnusedWeights, react(), tailwindcss()],
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    manifest: true,
    assetsInlineLimit: 0,
    // The chart library, which is loaded when a chart is shown.
    chunkSizeWarningLimit: 700,
  },
  // The gateway compares where a write comes from with its own host, so that the page's stays.
  server: {
    proxy: Object.fromEntries(
      ['/api', '/v1', '/health', '/ready'].map((path) => [path, { target, changeOrigin: false }]),
    ),
  },
})
