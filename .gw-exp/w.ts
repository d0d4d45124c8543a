import { createLookupCache } from '../packages/keys/src/create-lookup-cache.ts'
let loads = 0
const cache = createLookupCache<string>({ now: () => Date.now(), ttlMs: 1, load: async (key) => { loads++; await scheduler.wait(300); await fetch('http://localhost:1/').catch(() => undefined); return key } })
export default { async fetch(request, env, ctx) {
  const url = new URL(request.url)
  if (url.pathname === '/loads') return new Response(String(loads))
  const work = cache.get(url.pathname)
  if (url.searchParams.has('wait')) ctx.waitUntil(work)
  return new Response(await work)
} }
