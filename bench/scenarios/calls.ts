import type { Call, Expected } from '../load/call.ts'
import type { Ready } from '../targets/child-protocol.ts'
import type { Targets } from '../targets/targets.ts'
import type { ScriptName } from '../upstream/answers.ts'

/** What a caller asks, independent of whom. */
export interface Ask {
  script: ScriptName
  stream?: boolean
  includeUsage?: boolean
  /** Characters of filler in the prompt. */
  padding?: number
  /** Whom the proxies translate for; the caller always speaks OpenAI's format, the upstream this one. */
  upstream?: 'openai' | 'anthropic'
}

/** `…-alone` is the same Worker in plain workerd, without Miniflare and its local D1 and queue. */
export type TargetId = 'direct' | 'null' | 'gw' | 'peer' | 'null-alone' | 'gw-alone'

/** A call to one target, or `undefined` when that target does not run. */
export function callOf(target: TargetId, ask: Ask, targets: Targets): Call | undefined {
  const ready = targets[target]
  if (!ready) return undefined
  if (target === 'gw' || target === 'gw-alone') return gatewayCall(ask, ready)
  return target === 'peer'
    ? peerCall(ask, { peer: ready.url, upstream: targets.direct.url })
    : nativeCall(ready.url, ask)
}

const models = { openai: 'gpt-4o-mini', anthropic: 'claude-sonnet-4-5' }
const json = { 'content-type': 'application/json' }

/** Straight in the upstream's own format: what the upstream and the null proxy can do. */
function nativeCall(origin: string, ask: Ask): Call {
  const { upstream = 'openai' } = ask
  const path = upstream === 'openai' ? '/openai/v1/chat/completions' : '/anthropic/v1/messages'
  const credential: Record<string, string> =
    upstream === 'openai'
      ? { authorization: 'Bearer sk-bench' }
      : { 'x-api-key': 'sk-bench', 'anthropic-version': '2023-06-01' }
  return {
    url: new URL(path, origin),
    headers: withLength({ ...json, ...credential }, bodyOf(ask, models[upstream])),
    body: bodyOf(ask, models[upstream]),
    expected: { ...expectedOf(ask), format: upstream, ...(upstream === 'anthropic' && { usage: 'yes' as const }) },
  }
}

/** In OpenAI's format, with a gateway key. */
export function gatewayCall(ask: Ask, gw: Ready, headers: Record<string, string> = {}): Call {
  const { upstream = 'openai' } = ask
  const body = bodyOf(ask, `${upstream}/${models[upstream]}`)
  return {
    url: new URL('/v1/chat/completions', gw.url),
    headers: withLength({ ...json, authorization: `Bearer ${gw.key ?? ''}`, ...headers }, body),
    body,
    expected: expectedOf(ask),
  }
}

/** Cloudflare's universal endpoint: two targets, of which the first answers. */
export function universalCall(ask: Ask, { gw }: Targets): Call {
  const entry = {
    provider: 'openai',
    endpoint: 'chat/completions',
    headers: { authorization: 'Bearer sk-bench', 'content-type': 'application/json' },
    config: { maxAttempts: 3 },
    query: JSON.parse(bodyOf(ask, models.openai)),
  }
  const body = JSON.stringify([entry, { ...entry, provider: 'groq' }])
  return {
    url: new URL('/v1/account/default', gw.url),
    headers: withLength({ ...json, 'cf-aig-authorization': `Bearer ${gw.key ?? ''}` }, body),
    body,
    expected: expectedOf(ask),
  }
}

interface PeerUrls {
  peer: string
  upstream: string
}

function peerCall(ask: Ask, { peer, upstream: origin }: PeerUrls): Call {
  const { upstream = 'openai' } = ask
  const body = bodyOf(ask, models[upstream])
  const routing = {
    'x-portkey-provider': upstream,
    'x-portkey-custom-host': `${origin}/${upstream}/v1`,
    authorization: 'Bearer sk-bench',
  }
  return {
    url: new URL('/v1/chat/completions', peer),
    headers: withLength({ ...json, ...routing }, body),
    body,
    expected: {
      ...expectedOf(ask),
      ...(ask.stream && { usage: ask.includeUsage ? ('yes' as const) : ('any' as const) }),
    },
  }
}

/** The peer with a fallback of two targets and three attempts each. */
export function peerFallbackCall(ask: Ask, { peer, direct }: Targets): Call | undefined {
  if (!peer) return undefined
  const body = bodyOf(ask, models.openai)
  const target = {
    provider: 'openai',
    api_key: 'sk-bench',
    custom_host: `${direct.url}/openai/v1`,
    retry: { attempts: 3 },
  }
  const config = JSON.stringify({ strategy: { mode: 'fallback' }, targets: [target, target] })
  return {
    url: new URL('/v1/chat/completions', peer.url),
    headers: withLength({ ...json, 'x-portkey-config': config }, body),
    body,
    expected: expectedOf(ask),
  }
}

function bodyOf({ script, stream = false, includeUsage = false, padding = 0 }: Ask, model: string): string {
  const filler = 'The quick brown fox jumps over the lazy dog. '.repeat(Math.ceil(padding / 45)).slice(0, padding)
  return JSON.stringify({
    model,
    messages: [
      { role: 'system', content: 'You are a helpful assistant who counts.' },
      { role: 'user', content: `bench:${script} Count as far as you can. ${filler}` },
    ],
    temperature: 0.7,
    max_tokens: 1024,
    ...(stream && { stream }),
    ...(includeUsage && { stream_options: { include_usage: true } }),
  })
}

function expectedOf({ script, stream = false, includeUsage = false }: Ask): Expected {
  return { format: 'openai', script, stream, usage: !stream || includeUsage ? 'yes' : 'no' }
}

function withLength(headers: Record<string, string>, body: string): Record<string, string> {
  return { ...headers, 'content-length': String(Buffer.byteLength(body)) }
}
