import { expect, test } from 'vitest'
import { elements as of } from './__fixtures__/elements.ts'
import { routeOf } from './__fixtures__/route-of.ts'
import { formatRoute } from './format-route.ts'
import { parseRoute } from './parse-route.ts'

const plain = [of.start('m'), of.model('m'), of.end()]

const mistakesOf = (elements: unknown): string[] => {
  const parsed = parseRoute(elements)
  return parsed.ok ? [] : parsed.mistakes.map(({ element, path, message }) => `${element} | ${path} | ${message}`)
}

test('a route of every element is read, and written as it was', () => {
  const elements = [
    of.start('when'),
    of.when('when', { 'metadata.plan': { $eq: 'free' } }, ['count', 'split']),
    of.rate('count', ['cost', 'm']),
    of.rate('cost', ['m', 'n'], { limitType: 'cost', limit: 0.5 }),
    of.split('split', { '10%': 'm', else: 'n' }),
    of.model('m', 'n'),
    of.model('n'),
    of.end(),
  ]
  expect(formatRoute(routeOf(elements))).toEqual(elements)
})

test('older spellings, conditions as a text, and floats are read as what they are now', () => {
  const to = (elementId: string) => ({ elementId })
  const older = [
    { id: 'start', type: 'start', outputs: { elementId: 'when' } },
    {
      id: 'when',
      type: 'conditional',
      properties: { condition: '{"metadata.plan":{"$eq":"free"}}' },
      outputs: { true: to('count'), false: to('m') },
    },
    {
      id: 'count',
      type: 'rate_limit',
      properties: { key: 'metadata.user_id', limit: 10.0, interval: 60.0, technique: 'sliding' },
      outputs: { success: to('m'), fallback: to('end') },
    },
    { ...of.model('m'), position: { x: 1 } },
    { id: 'end', type: 'end' },
  ]
  const [start, when, count, ...rest] = formatRoute(routeOf(older))
  expect(start).toEqual(of.start('when'))
  expect(when).toEqual(of.when('when', { 'metadata.plan': { $eq: 'free' } }, ['count', 'm']))
  expect(count).toEqual(of.rate('count', ['m', 'end'], { technique: 'sliding' }))
  expect(rest).toEqual([of.model('m'), of.end()])
})

const wrong: readonly [string, unknown, string[]][] = [
  ['no list', {}, ['null | elements | must be a list of elements']],
  ['an empty list', [], ['null | elements | is empty: a route has a start, a model and an end']],
  ['no start', [of.model('m'), of.end()], ['null | elements | has no element of type start']],
  [
    'two starts',
    [...plain, { ...of.start('m'), id: 'again' }],
    ['again | elements[3].type | is a second start, beside "start"'],
  ],
  ['the same id twice', [...plain, of.end()], ['end | elements[3].id | another element has the id "end"']],
  [
    'a dangling edge',
    [of.start('m'), of.model('m', 'gone'), of.end()],
    ['m | elements[1].outputs.fallback | leads to "gone", which does not exist'],
  ],
  ['an unreachable element', [...plain, of.model('alone')], ['alone | elements[3] | cannot be reached from the start']],
  [
    'a cycle',
    [of.start('a'), of.model('a', 'b'), of.model('b', 'a'), of.end()],
    ['b | elements[2].outputs.fallback | leads back in a circle: a → b → a'],
  ],
  [
    'shares that do not come to 100',
    [of.start('s'), of.split('s', { '10%': 'm', '80%': 'end' }), of.model('m'), of.end()],
    ['s | elements[1].outputs | comes to 90 %; the shares must come to 100 %'],
  ],
  [
    'a share that is none',
    [of.start('s'), of.split('s', { half: 'm', '50%': 'm' }), of.model('m'), of.end()],
    ['s | elements[1].outputs.half | is no share: write a number and %, or else'],
  ],
  [
    'something after an answer',
    [of.start('m'), { ...of.model('m'), outputs: { success: { elementId: 'n' } } }, of.model('n'), of.end()],
    ['m | elements[1].outputs.success | leads to "n": the answer of a model ends the walk, so this must be an end'],
  ],
  [
    'no model',
    [of.start('end'), of.end()],
    ['null | elements | has no element of type model, so nothing would answer'],
  ],
  ['an element that is none', [...plain, 7], ['null | elements[3] | must be an object']],
  [
    'an unknown type',
    [of.start('x'), { id: 'x', type: 'loop', outputs: { next: { elementId: 'm' } } }, of.model('m'), of.end()],
    ['x | elements[1].type | must be one of start, conditional, percentage, rate, model, end'],
  ],
  [
    'an output too few and one too many',
    [
      of.start('c'),
      { ...of.when('c', { plan: 'x' }, ['m', 'm']), outputs: { true: { elementId: 'm' }, maybe: { elementId: 'm' } } },
      of.model('m'),
      of.end(),
    ],
    [
      'c | elements[1].outputs.false | is missing: this output leads nowhere',
      'c | elements[1].outputs.maybe | is not known. Known output: true, false',
    ],
  ],
  [
    'wrong types in a rate',
    [
      of.start('r'),
      of.rate('r', ['m'], { limitType: 'calls', key: 'user', limit: '5', window: 0.5 }),
      of.model('m'),
      of.end(),
    ],
    [
      'r | elements[1].properties.limitType | must be one of count, cost',
      'r | elements[1].properties.key | must be a field: metadata.{key}, headers.{name}, body.{path} or user.plan',
      'r | elements[1].properties.limit | must be a number from 0 to 9000000',
      'r | elements[1].properties.window | must be a whole number of seconds from 1 to 34560000',
    ],
  ],
  [
    'wrong types in a model',
    [
      of.start('m'),
      { ...of.model('m'), properties: { provider: 'open ai', model: 'a b', timeout: -1, retries: 9, tries: 2 } },
      of.end(),
    ],
    [
      'm | elements[1].properties.provider | must be the id of a provider, such as openai or workers-ai',
      'm | elements[1].properties.model | has no spaces, "?", "#", backslashes, braces, "." or ".." segments',
      'm | elements[1].properties.timeout | must be a whole number of ms from 0 to 3600000',
      'm | elements[1].properties.retries | must be a whole number from 0 to 5',
      'm | elements[1].properties.tries | is not known. Known property: provider, model, timeout, retries',
    ],
  ],
  [
    'an unknown operator',
    [of.start('c'), of.when('c', { 'metadata.a': { $like: 1 } }, ['m', 'end']), of.model('m'), of.end()],
    [expect.stringContaining('c | elements[1].properties.conditions.metadata.a.$like | is no operator.')],
  ],
]

test.each(wrong)('%s is refused, and said where', (_, elements, mistakes) => {
  expect(mistakesOf(elements)).toEqual(mistakes)
})

test('five shares and else are taken, six shares are not', () => {
  const five = { '10%': 'm', '11%': 'm', '12%': 'm', '13%': 'm', '14%': 'm' }
  const route = (shares: Readonly<Record<string, string>>) => [
    of.start('s'),
    of.split('s', shares),
    of.model('m'),
    of.end(),
  ]
  expect(mistakesOf(route({ ...five, else: 'end' }))).toEqual([])
  expect(mistakesOf(route({ ...five, '40%': 'end' }))).toEqual([
    's | elements[1].outputs | has 6 shares; at most 5, and else',
  ])
})

test('all mistakes are said at once', () => {
  const elements = [of.start('a'), of.model('a', 'gone'), { id: 'b', type: 'loop' }, of.split('s', { '10%': 'a' })]
  expect(mistakesOf(elements)).toHaveLength(6)
})
