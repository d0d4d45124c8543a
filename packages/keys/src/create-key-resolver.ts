import { createKeyMarks } from './create-key-marks.ts'
import { createKeyOpener } from './create-key-opener.ts'
import { explainLevels } from './explain-levels.ts'
import {
  defaultAlias,
  judgeLevels,
  type Judge,
  type JudgedKey,
  type JudgedLevel,
  type Judgement,
} from './judge-levels.ts'
import type { KeyCandidate, KeyQuery, KeyRefusal, KeyResolver } from './key-resolver.ts'
import type { KeyRejection } from './provider-key.ts'
import type { ProviderKeyStore } from './provider-key-store.ts'
import type { Secret } from './secret.ts'
import { UnknownAliasError } from './unknown-alias-error.ts'
import type { Vault } from './vault.ts'
import { weightedShuffle } from './weighted-shuffle.ts'

export interface KeyResolverOptions {
  /** Stored keys; without it there is the environment alone. */
  store?: ProviderKeyStore | undefined
  /** Opens stored keys; without it none can be used. */
  vault?: Vault | undefined
  /** Environment variables. */
  env: Readonly<Record<string, unknown>>
  now(): number
  random(bytes: Uint8Array<ArrayBuffer>): void
  /** Hears of keys that cannot be opened, and of marks that cannot be stored. Gets no secret. */
  report?(error: unknown): void
}

/** A wrong key stays wrong until somebody changes it; five minutes keep it from being tried with each request. */
const authRestMs = 5 * 60_000

/** Quotas per minute are the shortest; a longer one costs one refused call per minute. */
const quotaRestMs = 60_000

/** A provider that limits a key's rate without saying for how long. */
const limitRestMs = 5000

/** A provider that asks for more is asked once an hour all the same: its answer may have been a mistake. */
const maxRestMs = 60 * 60_000

/**
 * Finds the keys to call a provider with, on six levels: the user's, the organisation's, the operator's for the caller's
 * tier, the operator's for all, the environment's; the sixth, free Workers AI without a key, is the gateway's to choose.
 */
export function createKeyResolver(options: KeyResolverOptions): KeyResolver {
  const { store, vault, env, now, random, report = () => undefined } = options
  const marks = createKeyMarks()
  const judge: Judge = { store, env, marks, now, open: createKeyOpener(vault, report) }

  const mark = async ({ source, keyId }: KeyCandidate, rejection: KeyRejection | null): Promise<void> => {
    if (source === 'request' || source === 'free' || source === 'none') return
    marks.note(keyId, rejection, now())
    if (source === 'environment') return
    try {
      await store?.mark(keyId, rejection)
    } catch (error) {
      report(error)
    }
  }

  return {
    resolve: async (query) => {
      const judgement = await judgeLevels(query, judge)
      assertKnownAlias(query, judgement)
      const candidatesOf = (pick: PickSecret): KeyCandidate[] =>
        judgement.levels.flatMap((level) => toCandidates({ ...level, providerId: query.providerId }, pick, random))
      const usable = candidatesOf(({ secret }) => secret)
      return usable.length > 0 ? usable : candidatesOf(({ lastResort }) => lastResort)
    },
    explainKeyResolution: async (query) => explainLevels(await judgeLevels(query, judge), query.free),
    reject: (candidate, refusal) => mark(candidate, rejectionOf(refusal, now())),
    accept: async (candidate) => {
      if (marks.latest(candidate.keyId)) await mark(candidate, null)
    },
  }
}

function assertKnownAlias({ providerId }: KeyQuery, { alias, aliases }: Judgement): void {
  if (alias !== defaultAlias && !aliases.includes(alias)) throw new UnknownAliasError(providerId, alias, aliases)
}

type PickSecret = (key: JudgedKey) => Secret | undefined

function toCandidates(
  { level, keys, providerId }: JudgedLevel & { providerId: string },
  pick: PickSecret,
  random: KeyResolverOptions['random'],
): KeyCandidate[] {
  const picked = keys.flatMap((key) => {
    const secret = pick(key)
    return secret ? { weight: key.about.weight ?? 1, about: key.about, secret } : []
  })
  return weightedShuffle(picked, random).map(({ about, secret }) => ({
    providerId,
    source: level,
    keyId: about.id,
    alias: about.alias,
    secret,
  }))
}

function rejectionOf({ reason, retryAfterMs }: KeyRefusal, at: number): KeyRejection {
  if (reason === 'auth') return { reason, at, until: at + authRestMs }
  const isAsked = retryAfterMs !== undefined && retryAfterMs > 0
  const usualMs = reason === 'rate_limit' ? limitRestMs : quotaRestMs
  return { reason, at, until: at + (isAsked ? Math.min(retryAfterMs, maxRestMs) : usualMs) }
}
