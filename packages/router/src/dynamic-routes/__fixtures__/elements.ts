const to = (elementId: string) => ({ elementId })

/** One element of each type, by short names, for tests. */
export const elements = {
  start: (next: string) => ({ id: 'start', type: 'start', outputs: { next: to(next) } }),
  end: (id = 'end') => ({ id, type: 'end', outputs: {} }),
  model: (id: string, fallback?: string) => ({
    id,
    type: 'model',
    properties: { provider: 'openai', model: id, timeout: 1000, retries: 1 },
    outputs: { success: to('end'), ...(fallback !== undefined && { fallback: to(fallback) }) },
  }),
  when: (id: string, conditions: unknown, [yes, no]: readonly [string, string]) => ({
    id,
    type: 'conditional',
    properties: { conditions },
    outputs: { true: to(yes), false: to(no) },
  }),
  split: (id: string, shares: Readonly<Record<string, string>>) => ({
    id,
    type: 'percentage',
    outputs: Object.fromEntries(Object.entries(shares).map(([share, target]) => [share, to(target)])),
  }),
  rate: (id: string, [success, fallback]: readonly [string, string?], change: object = {}) => ({
    id,
    type: 'rate',
    properties: { limitType: 'count', key: 'metadata.user_id', limit: 10, window: 60, ...change },
    outputs: { success: to(success), ...(fallback !== undefined && { fallback: to(fallback) }) },
  }),
}
