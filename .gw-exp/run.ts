import { build } from 'esbuild'
import { Miniflare, convertV4MiniflareOptions } from 'miniflare'
const { outputFiles } = await build({ entryPoints: ['.gw-exp/w.ts'], bundle: true, format: 'esm', write: false })
const mf = new Miniflare(convertV4MiniflareOptions({ cf: false, modules: true, script: outputFiles[0].text, compatibilityDate: '2026-08-15', compatibilityFlags: ['enable_request_signal'] }))
const url = (await mf.ready).origin
const timed = async (path, init) => { const t = Date.now(); try { const r = await fetch(url + path, init); return [r.status, await r.text(), Date.now() - t] } catch (e) { return [e.name, Date.now() - t] } }
console.log('20 at once', JSON.stringify(await Promise.all(Array.from({ length: 20 }, () => timed('/a')))))
console.log('loads', await timed('/loads'))
for (const wait of ['', '?wait']) {
  const c = new AbortController()
  const first = timed('/gone' + wait, { signal: c.signal })
  await new Promise((r) => setTimeout(r, 50))
  const joined = timed('/gone', { signal: AbortSignal.timeout(4000) })
  await new Promise((r) => setTimeout(r, 50))
  c.abort()
  console.log('owner aborts', wait, await first, 'joined:', await joined, 'later:', await timed('/gone', { signal: AbortSignal.timeout(4000) }))
}
await mf.dispose()
