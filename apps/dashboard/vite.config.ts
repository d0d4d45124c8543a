import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const gateway = process.env['GW_URL'] ?? 'http://127.0.0.1:8787'

/** Phosphor's icons come in six weights; neither the pages nor Kumo use these three. */
const withoutUnusedWeights: Plugin = {
  name: 'without-unused-weights',
  transform: {
    filter: { id: /@phosphor-icons\/react\/dist\/defs\// },
    handler: (code) => ({ code: code.replaceAll(/\[\s*"(?:duotone|light|thin)",[\s\S]*?\n {2}\],?/g, ''), map: null }),
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
  server: { proxy: { '/api': gateway, '/v1': gateway, '/health': gateway, '/ready': gateway } },
})
