import { readFileSync, writeFileSync } from 'node:fs'
import { waitForUpdate, type MatchLogic, type ModelInfo, type ModelPrice, type Provider } from '@pydantic/genai-prices'

/** Providers of the data that gw can reach; the others would only make the bundle larger. */
const providers = new Set([
  'anthropic',
  'aws',
  'azure',
  'baseten',
  'cerebras',
  'cloudflare',
  'cohere',
  'deepseek',
  'fireworks',
  'google',
  'groq',
  'huggingface_cerebras',
  'huggingface_fireworks-ai',
  'huggingface_groq',
  'huggingface_hyperbolic',
  'huggingface_nebius',
  'huggingface_novita',
  'huggingface_nscale',
  'huggingface_ovhcloud',
  'huggingface_publicai',
  'huggingface_sambanova',
  'huggingface_together',
  'minimax',
  'mistral',
  'moonshotai',
  'openai',
  'openrouter',
  'perplexity',
  'together',
  'x-ai',
])

/** Price key of the data → our class; a key that isn't here has no class of usage that it could price. */
const classes: Record<string, string> = {
  input_mtok: 'input',
  cache_read_mtok: 'cache_read',
  cache_write_mtok: 'cache_write_5m',
  cache_write_1h_mtok: 'cache_write_1h',
  output_mtok: 'output',
  output_reasoning_mtok: 'reasoning',
  input_audio_mtok: 'input_audio',
  output_audio_mtok: 'output_audio',
  input_image_mtok: 'input_image',
  output_image_mtok: 'output_image',
  audio_hours: 'seconds',
  input_audio_hours: 'seconds',
  input_document_kpages: 'pages',
  web_searches_kcount: 'searches',
  requests_kcount: 'calls',
}

/** Nine decimals of a dollar per million tokens are whole nano-dollars; the data's few longer ones are float noise. */
const round = (usd: number) => Number(usd.toFixed(9))

type Price = number | [base: number, ...tiers: [start: number, usd: number][]]

/** A price for each `mode` of a call. */
interface ByMode {
  by: ['mode']
  usd: Record<string, number>
}

function toPrice(value: NonNullable<ModelPrice[string]>): Price {
  if (typeof value === 'number') return round(value)
  return [round(value.base), ...value.tiers.map(({ start, price }): [number, number] => [start, round(price)])]
}

const scale = (price: Price, factor: number): Price =>
  typeof price === 'number'
    ? round(price * factor)
    : [round(price[0] * factor), ...price.slice(1).map((tier): [number, number] => scaleTier(tier, factor))]

function scaleTier(tier: number | [number, number], factor: number): [number, number] {
  if (typeof tier === 'number') throw new TypeError('a tier is a pair')
  return [tier[0], round(tier[1] * factor)]
}

/** Pages that are annotated as well have a price of their own. */
function toPrices(prices: ModelPrice, id: string): Record<string, Price | ByMode> {
  const table = toPlainPrices(prices, id)
  const { input_annotated_document_kpages: annotated } = prices
  if (typeof table['pages'] !== 'number' || typeof annotated !== 'number') return table
  return { ...table, pages: { by: ['mode'], usd: { '': table['pages'], annotated: round(annotated) } } }
}

/** OpenRouter's `:free` models have no prices in the data and cost nothing.
 * Anthropic's one-hour cache writes cost twice the input wherever Claude runs; the data has them for Anthropic alone. */
function toPlainPrices(prices: ModelPrice, id: string): Record<string, Price> {
  const known = Object.entries(prices).flatMap(([key, value]) => {
    const name = classes[key]
    return name && value !== undefined ? [[name, toPrice(value)] as const] : []
  })
  const table: Record<string, Price> = Object.fromEntries(known)
  if (known.length === 0 && id.endsWith(':free')) return { input: 0, output: 0 }
  const { input, cache_write_5m: write, cache_write_1h: longWrite } = table
  if (!id.includes('claude') || input === undefined || write === undefined || longWrite !== undefined) return table
  return { ...table, cache_write_1h: scale(input, 2) }
}

/** `=a` equals, `^a` starts, `$a` ends, `*a` contains, `~a` regular expression; an array is "or", `{ and }` is "and". */
function toMatch(match: MatchLogic): unknown {
  if ('or' in match) return match.or.flatMap(toMatch)
  if ('and' in match) return { and: match.and.map(toMatch) }
  if ('equals' in match) return `=${match.equals.toLowerCase()}`
  if ('starts_with' in match) return `^${match.starts_with.toLowerCase()}`
  if ('ends_with' in match) return `$${match.ends_with.toLowerCase()}`
  if ('contains' in match) return `*${match.contains.toLowerCase()}`
  return `~${match.regex}`
}

function toConditions({ prices, id }: ModelInfo): unknown {
  if (!Array.isArray(prices)) return toPrices(prices, id)
  return prices.map(({ constraint, prices: conditional }) => {
    const table = toPrices(conditional, id)
    if (!constraint) return { prices: table }
    if (constraint.type === 'start_date') return { from: Date.parse(constraint.start_date), prices: table }
    return { daily: [secondsOf(constraint.start_time), secondsOf(constraint.end_time)], prices: table }
  })
}

function secondsOf(time: string): number {
  const found = /^(\d\d):(\d\d):(\d\d)Z$/.exec(time)
  if (!found) throw new Error(`time of day that isn't UTC: ${time}`)
  return Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3])
}

const toRow = (model: ModelInfo) => {
  const match = toMatch(model.match)
  const isOwnId =
    match === `=${model.id.toLowerCase()}` || JSON.stringify(match) === JSON.stringify([`=${model.id.toLowerCase()}`])
  return [model.id, isOwnId ? 0 : match, model.context_window ?? 0, toConditions(model)]
}

const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const manifest = new URL('../node_modules/@pydantic/genai-prices/package.json', import.meta.url)
const { version }: { version: string } = JSON.parse(readFileSync(manifest, 'utf8'))
const data: Provider[] = (await waitForUpdate()) ?? []
const lines = data
  .filter(({ id }) => providers.has(id))
  .map(({ id, models }) => `  ${quote(id)}: ${quote(JSON.stringify(models.map(toRow)))},`)

writeFileSync(
  new URL('../src/generated/prices.ts', import.meta.url),
  `// Made by \`pnpm generate\` from @pydantic/genai-prices ${version} (MIT, © Pydantic Services Inc.). Don't edit.

/** Version of the price data. */
export const dataVersion = 'genai-prices@${version}'

/** Per provider of the data: JSON of [id, match, context window, prices]; text, because parsing it can wait. */
export const priceData: Readonly<Record<string, string>> = {
${lines.join('\n')}
}
`,
)
