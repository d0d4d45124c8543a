import { describe, expect, test } from 'vitest'
import { selectTransport as published } from 'workers-ai-provider'
import type { DelegateCallOptions } from './delegate-options.ts'
import { select, selectTransport } from './select-transport.ts'

const server = { fallback: { mode: 'server' as const, models: ['openai/gpt-5-mini'] } }
const client = { fallback: { mode: 'client' as const, models: ['openai/gpt-5-mini'] } }

/** Every combination of one value out of each list. */
function product(lists: readonly (readonly DelegateCallOptions[])[]): DelegateCallOptions[] {
  return lists.reduce<DelegateCallOptions[]>(
    (made, list) => made.flatMap((options) => list.map((more) => ({ ...options, ...more }))),
    [{}],
  )
}

const everyOptions = product([
  [{}, { transport: 'run' }, { transport: 'gateway' }],
  [{}, { resume: true }, { resume: false }],
  [{}, server, client],
  [{}, { cacheTtl: 60 }, { skipCache: true }, { skipCache: false }],
  [{}, { byok: true }],
])

function outcome(choose: () => { transport: string; resumeEnabled: boolean; warnings: string[] }) {
  try {
    const { transport, resumeEnabled, warnings } = choose()
    return { transport, resumeEnabled, warned: warnings.length > 0 }
  } catch (error) {
    return error instanceof Error && 'kind' in error ? error.kind : error
  }
}

describe('over Cloudflare', () => {
  test.each([
    { runCatalog: true, gateway: true },
    { runCatalog: true, gateway: false },
    { runCatalog: false, gateway: true },
  ])('every combination of options is decided as the published package decides it: %o', ({ runCatalog, gateway }) => {
    const outcomesOf = (choose: typeof selectTransport | typeof published) =>
      everyOptions.map((options) => {
        const made = outcome(() => choose(options, options.resume === true, runCatalog, gateway))
        return [options, made]
      })
    expect(outcomesOf(selectTransport)).toEqual(outcomesOf(published))
  })

  test.each<[string, { options: DelegateCallOptions; provider?: [boolean?, boolean?] }, RegExp]>([
    [
      'a run-only provider',
      { options: { transport: 'gateway' }, provider: [true, false] },
      /transport:"gateway" is unavailable.*no gateway path/,
    ],
    ['a run-only provider with a key', { options: { byok: true }, provider: [true, false] }, /byok is unavailable/],
    ['a run-only provider with a cache', { options: { cacheTtl: 60 }, provider: [true, false] }, /no gateway path/],
    [
      'a provider that has no runs',
      { options: { transport: 'run' }, provider: [false] },
      /transport:"run" is unavailable/,
    ],
    [
      'a resumable provider that has no runs',
      { options: { resume: true }, provider: [false] },
      /resume:true is unavailable/,
    ],
    ['a key on a run', { options: { byok: true, transport: 'run' } }, /cannot forward a BYOK key/],
    ['a resumable key', { options: { byok: true, resume: true } }, /byok cannot provide resume/],
    ['a cached run', { options: { cacheTtl: 60, transport: 'run' } }, /transport:"run" cannot satisfy caching/],
    ['a resumable gateway path', { options: { transport: 'gateway', resume: true } }, /cannot provide resume/],
    ['a resumable server fallback', { options: { ...server, resume: true } }, /resume:true conflicts with fallback/],
  ])('%s is refused with the reason', (_, { options, provider = [] }, message) => {
    const [runCatalog, gateway] = provider
    expect(() => selectTransport(options, options.resume === true, runCatalog, gateway)).toThrow(message)
  })

  test('what costs the resumability of a stream says so', () => {
    expect(selectTransport(server, false).warnings).toEqual([expect.stringMatching(/^resume disabled: fallback/)])
  })
})

describe('over a gateway that resumes everything', () => {
  const facts = { resumeRequired: true, runCatalog: true, gatewayPath: true, resumesAll: true }

  test.each<[DelegateCallOptions, Partial<typeof facts>, 'run' | 'gateway']>([
    [{}, {}, 'run'],
    [{ cacheTtl: 60 }, {}, 'gateway'],
    [{ cacheTtl: 60, transport: 'run' }, {}, 'run'],
    [{ skipCache: true }, {}, 'gateway'],
    [server, {}, 'gateway'],
    [{ byok: true }, {}, 'gateway'],
    [{}, { runCatalog: false }, 'gateway'],
    [{ transport: 'run' }, { runCatalog: false }, 'run'],
    [{ transport: 'gateway' }, { gatewayPath: false }, 'gateway'],
  ])('%o with %o is resumable on the %s path, without a warning', (options, own, transport) => {
    const asked = { ...options, resume: true }
    expect(select(asked, { ...facts, ...own })).toEqual({ transport, resumeEnabled: true, warnings: [] })
    expect(select({ ...options, resume: false }, { ...facts, ...own }).resumeEnabled).toBe(false)
  })

  test('a run takes no key and no second model', () => {
    expect(() => select({ transport: 'run', byok: true }, facts)).toThrow(/cannot forward a BYOK key/)
    expect(() => select({ transport: 'run', ...server }, facts)).toThrow(/cannot satisfy fallback/)
  })
})
