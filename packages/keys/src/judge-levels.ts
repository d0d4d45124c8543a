import type { KeyMarks } from './create-key-marks.ts'
import type { OpenedKey } from './create-key-opener.ts'
import { findEnvironmentSecret } from './find-environment-secret.ts'
import type { KeyExplanation, KeyQuery, KeyResolutionLevel } from './key-resolver.ts'
import type { KeyLevel, KeyRejection, ProviderKey } from './provider-key.ts'
import type { ProviderKeyStore } from './provider-key-store.ts'
import type { Secret } from './secret.ts'

/** What a key is judged by. */
export interface Judge {
  store: ProviderKeyStore | undefined
  env: Readonly<Record<string, unknown>>
  marks: KeyMarks
  open(key: ProviderKey): Promise<OpenedKey>
  now(): number
}

/** A key with the verdict on it; those that are usable have their secret. */
export interface JudgedKey {
  about: KeyExplanation
  secret: Secret | undefined
  /** The secret of a key that rests: better than none. */
  lastResort?: Secret | undefined
}

/** A level that looks for keys, or the sentence on why it does not. */
export interface JudgedLevel {
  level: Exclude<KeyResolutionLevel, 'free'>
  skipped: string | undefined
  keys: JudgedKey[]
}

export interface Judgement {
  levels: JudgedLevel[]
  /** The alias that the call asks for. */
  alias: string
  /** Aliases of the stored keys that may serve the caller, sorted. */
  aliases: string[]
}

/** The alias of keys that serve whoever asks for none. */
export const defaultAlias = 'default'

const storedLevels: readonly KeyLevel[] = ['user', 'org', 'system_tier', 'system']

/** Looks at every key that may serve a call. Both what is used and what is explained come from here. */
export async function judgeLevels(query: KeyQuery, judge: Judge): Promise<Judgement> {
  const { providerId, caller, tierId, alias = defaultAlias } = query
  const { orgId, userId } = caller
  const records = (await judge.store?.findFor({ providerId, orgId, userId, tierId })) ?? []
  for (const record of records) assertServes(record, query)

  const stored = storedLevels.map(async (level): Promise<JudgedLevel> => {
    const own = records.filter((record) => record.level === level)
    return {
      level,
      skipped: whySkipped(level, query, judge),
      keys: await Promise.all(own.map((record) => judgeKey(record, alias, judge))),
    }
  })
  return {
    levels: [...(await Promise.all(stored)), judgeEnvironment(query, alias, judge)],
    alias,
    aliases: [...new Set(records.map((record) => record.alias))].toSorted(),
  }
}

/** No key reaches a provider or a caller that it is not for, whatever the store does. */
function assertServes(record: ProviderKey, { providerId, caller, tierId }: KeyQuery): void {
  const { level } = record
  const isOwn =
    record.orgId === (level === 'user' || level === 'org' ? caller.orgId : null) &&
    record.userId === (level === 'user' ? caller.userId : null) &&
    record.tierId === (level === 'system_tier' ? tierId : null) &&
    (level !== 'user' || record.userId !== null) &&
    (level !== 'system_tier' || record.tierId !== null)
  if (record.providerId === providerId && isOwn) return
  throw new Error(`The store of provider keys answered key "${record.id}", which is not for this call.`)
}

function whySkipped(level: KeyLevel, { caller, tierId }: KeyQuery, { store }: Judge): string | undefined {
  if (!store) return 'This gateway stores no provider keys.'
  if (level === 'user' && caller.userId === null) return 'The gateway key belongs to no user.'
  if (level === 'system_tier' && tierId === null) return 'The caller has no tier.'
  return undefined
}

async function judgeKey(record: ProviderKey, alias: string, { marks, open, now }: Judge): Promise<JudgedKey> {
  const { id, name, lastFour, weight, disabledAt } = record
  const about = { id, alias: record.alias, name, lastFour, weight }
  const not = (outcome: KeyExplanation['outcome'], reason: string): JudgedKey => ({
    about: { ...about, outcome, reason },
    secret: undefined,
  })

  if (record.alias !== alias)
    return not('other_alias', `Its alias is "${record.alias}", and the call asks for "${alias}".`)
  if (disabledAt !== null) return not('disabled', `It is disabled since ${format(disabledAt)}.`)
  const rejection = marks.latest(id, record)
  const opened = await open(record)
  if (rejection && now() < rejection.until) {
    return { ...not('resting', sayRest(rejection)), lastResort: opened.secret }
  }
  if (!opened.secret) return not('unreadable', opened.reason)
  return { about: { ...about, outcome: 'usable', reason: 'It can be used.' }, secret: opened.secret }
}

function judgeEnvironment(query: KeyQuery, alias: string, { env, marks, now }: Judge): JudgedLevel {
  const level = 'environment'
  if (alias !== defaultAlias)
    return { level, skipped: 'A call that names an alias asks for stored keys alone.', keys: [] }
  const found = findEnvironmentSecret(env, query)
  if (!found) return { level, skipped: undefined, keys: [] }

  const about = {
    id: `env:${query.providerId}`,
    alias: null,
    name: found.names.join(' + '),
    lastFour: null,
    weight: null,
  }
  const rejection = marks.latest(about.id)
  const key: JudgedKey =
    rejection && now() < rejection.until
      ? {
          about: { ...about, outcome: 'resting', reason: sayRest(rejection) },
          secret: undefined,
          lastResort: found.secret,
        }
      : { about: { ...about, outcome: 'usable', reason: 'It is set and can be used.' }, secret: found.secret }
  return { level, skipped: undefined, keys: [key] }
}

const refusals = {
  auth: 'as wrong',
  quota_exceeded: 'as used up',
  rate_limit: 'as used too often for now',
} as const satisfies Record<KeyRejection['reason'], string>

function sayRest({ reason, at, until }: KeyRejection): string {
  return `The provider refused it ${refusals[reason]} at ${format(at)}; it rests until ${format(until)}, and is tried before that only where no other key can be used.`
}

function format(time: number): string {
  return new Date(time).toISOString()
}
