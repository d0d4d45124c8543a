import type { Codec } from './codec.ts'
import { bearer } from './codecs/bearer.ts'
import { customCost } from './codecs/custom-cost.ts'
import { flag } from './codecs/flag.ts'
import { integer } from './codecs/integer.ts'
import { jsonObject } from './codecs/json-object.ts'
import { list } from './codecs/list.ts'
import { metadata } from './codecs/metadata.ts'
import { oneOf } from './codecs/one-of.ts'
import { pattern } from './codecs/pattern.ts'
import { text } from './codecs/text.ts'
import type { FlatOptions } from './gateway-options.ts'
import { headerFields } from './header-fields.ts'
import type { OwnField } from './own-fields.ts'

type Codecs<K extends keyof FlatOptions> = { readonly [F in K]-?: Codec<Exclude<FlatOptions[F], undefined>> }

type OwnOption = Extract<keyof FlatOptions, OwnField>

const boolean = /* @__PURE__ */ flag()
const id = /* @__PURE__ */ text(256)

const cloudflare: Codecs<Exclude<keyof FlatOptions, OwnOption | 'sessionAffinity'>> = {
  authorization: bearer,
  gatewayId: /* @__PURE__ */ pattern('1 to 64 letters, digits, - or _', /^[\w-]{1,64}$/),
  metadata,
  cacheTtl: /* @__PURE__ */ integer('from 60 to 2592000 s, or 0', (s) => s === 0 || (s >= 60 && s <= 2_592_000)),
  skipCache: boolean,
  cacheKey: /* @__PURE__ */ text(1024),
  collectLog: boolean,
  collectLogPayload: boolean,
  eventId: id,
  requestTimeoutMs: /* @__PURE__ */ integer('from 1 to 2147483647 ms', (ms) => ms > 0 && ms < 2 ** 31),
  maxAttempts: /* @__PURE__ */ integer('from 1 to 5', (n) => n > 0 && n <= 5),
  retryDelayMs: /* @__PURE__ */ integer('from 0 to 60000 ms', (ms) => ms <= 60_000),
  backoff: /* @__PURE__ */ oneOf(['constant', 'linear', 'exponential']),
  customCost,
  byokAlias: id,
  zdr: boolean,
  noWholesale: boolean,
  otelTraceId: /* @__PURE__ */ pattern('32 hex digits', /^[\da-f]{32}$/i),
  otelParentSpanId: /* @__PURE__ */ pattern('16 hex digits', /^[\da-f]{16}$/i),
  sessionId: id,
  turnId: id,
  noSessionAffinity: boolean,
  allowedModels: list,
  allowedProviders: list,
}

const own: Codecs<OwnOption> = {
  constraints: jsonObject,
  freeFallback: /* @__PURE__ */ flag('on', 'off'),
  explain: boolean,
  continueStream: boolean,
  resumable: boolean,
}

/** Every request header, in the order of writing; building, parsing and validating all follow this table. */
export const requestHeaders = /* @__PURE__ */ headerFields(
  { 'cf-aig-': cloudflare, 'x-': { sessionAffinity: id }, 'gw-': own },
  { cacheTtl: 'cf-cache-ttl', skipCache: 'cf-skip-cache' },
)
