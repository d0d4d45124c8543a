import type { Options } from '../../api/admin-api.ts'

/** How a gateway chooses, as the API takes it. */
export type Policy = NonNullable<Options<'PUT /gateways/:id'>['body']['settings']['routing']>
type Strategy = NonNullable<Policy['strategy']>

/** A policy as it is entered: all of it text; lists have a line for each entry. */
export interface PolicyDraft {
  /** Empty: the default. */
  strategy: Strategy | ''
  weights: Readonly<Record<WeightName, string>>
  models: string
  maxPrice: string
  minQuality: string
  context: string
  capabilities: string
  regions: string
  isZeroRetention: boolean
  allow: string
  deny: string
  overrides: readonly OverrideDraft[]
  providers: readonly TermsDraft[]
  /** Constraints that the form has no field for, as they were. */
  otherConstraints: Readonly<Record<string, unknown>>
}

export interface OverrideDraft {
  pattern: string
  quality: string
  speed: string
}

/** What is known of a provider by contract. */
export interface TermsDraft {
  provider: string
  region: string
  isZeroRetention: boolean
}

export const weightNames = ['quality', 'speed', 'cost'] as const
export type WeightName = (typeof weightNames)[number]

/** What a weight is unless the gateway says otherwise. */
export const defaultWeights: Readonly<Record<WeightName, number>> = { quality: 2, speed: 1, cost: 2 }

/** A policy as it can be edited. */
export function toDraft({
  strategy,
  weights = {},
  models = [],
  overrides = {},
  providers = {},
  constraints,
}: Policy): PolicyDraft {
  const { max_price, min_quality, context, capabilities, region, zero_retention, allow, deny, ...others } =
    readConstraints(constraints)
  return {
    strategy: strategy ?? '',
    weights: { quality: toText(weights.quality), speed: toText(weights.speed), cost: toText(weights.cost) },
    models: toLines(models),
    maxPrice: toText(max_price),
    minQuality: toText(min_quality),
    context: toText(context),
    capabilities: toLines(capabilities),
    regions: toLines(region),
    isZeroRetention: zero_retention === true,
    allow: toLines(allow),
    deny: toLines(deny),
    overrides: Object.entries(overrides).map(([pattern, { quality, speed }]) => ({
      pattern,
      quality: toText(quality),
      speed: toText(speed),
    })),
    providers: Object.entries(providers).map(([provider, { region: where, zero_retention: none }]) => ({
      provider,
      region: where ?? '',
      isZeroRetention: none === true,
    })),
    otherConstraints: others,
  }
}

/** The policy that was entered; the gateway says what of it is wrong. `undefined` where it says nothing. */
export function toPolicy(draft: PolicyDraft): Policy | undefined {
  const policy: Policy = {
    ...(draft.strategy !== '' && { strategy: draft.strategy }),
    ...given('weights', Object.fromEntries(weightNames.flatMap((name) => entry(name, toNumber(draft.weights[name]))))),
    ...(readLines(draft.models).length > 0 && { models: readLines(draft.models) }),
    ...given('constraints', constraintsOf(draft)),
    ...given('overrides', Object.fromEntries(draft.overrides.flatMap(toOverride))),
    ...given('providers', Object.fromEntries(draft.providers.flatMap(toTerms))),
  }
  return Object.keys(policy).length === 0 ? undefined : policy
}

function constraintsOf(draft: PolicyDraft): Record<string, unknown> {
  const { maxPrice, minQuality, context, capabilities, regions, isZeroRetention, allow, deny, otherConstraints } = draft
  const lists = { capabilities, region: regions, allow, deny }
  return {
    ...otherConstraints,
    ...Object.fromEntries([
      ...entry('max_price', toNumber(maxPrice)),
      ...entry('min_quality', toNumber(minQuality)),
      ...entry('context', toNumber(context)),
      ...Object.entries(lists).flatMap(([name, text]) =>
        entry(name, readLines(text).length > 0 ? readLines(text) : undefined),
      ),
    ]),
    ...(isZeroRetention && { zero_retention: true }),
  }
}

function toOverride({ pattern, quality, speed }: OverrideDraft): [string, { quality?: number; speed?: number }][] {
  if (pattern.trim() === '') return []
  return [
    [pattern.trim(), Object.fromEntries([...entry('quality', toNumber(quality)), ...entry('speed', toNumber(speed))])],
  ]
}

function toTerms({
  provider,
  region,
  isZeroRetention,
}: TermsDraft): [string, { region?: string; zero_retention?: boolean }][] {
  if (provider.trim() === '') return []
  return [
    [
      provider.trim(),
      { ...(region.trim() !== '' && { region: region.trim() }), ...(isZeroRetention && { zero_retention: true }) },
    ],
  ]
}

const given = (name: string, value: object): object => (Object.keys(value).length === 0 ? {} : { [name]: value })

const entry = <T>(name: string, value: T | undefined): [string, T][] => (value === undefined ? [] : [[name, value]])

const toNumber = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text))

const toText = (value: unknown): string => (typeof value === 'number' ? String(value) : '')

/** Each line an entry; commas part entries too. */
const readLines = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

function toLines(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.join('\n') : ''
}

function readConstraints(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
