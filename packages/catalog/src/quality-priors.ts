/** What an answer is wanted for. */
export type QualityTask = 'chat' | 'code' | 'reasoning' | 'vision' | 'extraction'

/** Quality of 0–10 for each task, 0 where the family can't do it, and where to read what it is judged by. */
type Prior = readonly [
  chat: number,
  code: number,
  reasoning: number,
  vision: number,
  extraction: number,
  source: string,
]

/** Where the order of the tasks in a row is written down. */
export const qualityTasks = ['chat', 'code', 'reasoning', 'vision', 'extraction'] as const satisfies QualityTask[]

const openai = 'https://openai.com/index/'
const anthropic = 'https://www.anthropic.com/system-cards'
const mistral = 'https://mistral.ai/news/'
/** For families of which no report of their own is cited. */
const arena = 'https://lmarena.ai/leaderboard'

/**
 * Our own judgement, nobody's measurement, after the public source of each row: a paper (its arXiv number), a model card,
 * a vendor's announcement or a leaderboard. For members younger than the source it is an extrapolation.
 */
export const qualityPriors = {
  'gpt-oss-120b': [6.5, 7, 8, 0, 7, '2508.10925'],
  'gpt-oss': [5.5, 6, 7, 0, 6, '2508.10925'],
  'gpt-5-nano': [6, 6, 6.5, 6, 6.5, '2601.03267'],
  'gpt-5-mini': [7, 7.5, 7.5, 7, 7.5, '2601.03267'],
  'gpt-5-pro': [9.5, 9.5, 10, 9, 9.5, '2601.03267'],
  'gpt-5': [9, 9, 9.5, 9, 9, '2601.03267'],
  'o-mini': [7, 7.5, 8, 7, 7, `${openai}introducing-o3-and-o4-mini/`],
  o: [8, 8, 8.5, 8, 8, `${openai}introducing-o3-and-o4-mini/`],
  'gpt-4.1-nano': [5, 4.5, 4, 5, 5.5, `${openai}gpt-4-1/`],
  'gpt-4.1-mini': [6, 6, 5, 6.5, 6.5, `${openai}gpt-4-1/`],
  'gpt-4.1': [7, 7, 6, 7, 7.5, `${openai}gpt-4-1/`],
  'gpt-4o-mini': [5, 4.5, 4, 5.5, 5.5, `${openai}gpt-4o-mini-advancing-cost-efficient-intelligence/`],
  'gpt-4o': [6.5, 6, 5, 6.5, 6.5, '2410.21276'],
  'gpt-4': [6, 5, 5, 0, 6, '2303.08774'],
  'gpt-3.5': [3, 3, 2, 0, 3.5, '2303.08774'],
  'claude-opus': [9.5, 10, 9.5, 9, 9.5, anthropic],
  'claude-sonnet': [9, 9.5, 9, 8.5, 9, anthropic],
  'claude-haiku': [7, 7.5, 7, 7, 7.5, anthropic],
  'claude-3.5': [6.5, 7, 5.5, 6.5, 7, anthropic],
  claude: [5, 5, 4, 5, 5.5, anthropic],
  'gemini-lite': [6, 5.5, 6, 6.5, 6.5, '2507.06261'],
  'gemini-flash': [7.5, 7, 7.5, 8, 7.5, '2507.06261'],
  'gemini-pro': [9, 8.5, 9, 9.5, 9, '2507.06261'],
  gemini: [6, 5.5, 5, 6.5, 6, '2403.05530'],
  'grok-fast': [7, 7.5, 7.5, 0, 7, arena],
  'grok-4': [8.5, 8, 9, 7.5, 8, 'https://x.ai/news/grok-4'],
  grok: [7, 6.5, 6, 0, 6.5, arena],
  'sonar-reasoning': [7.5, 6, 7.5, 0, 6.5, arena],
  sonar: [6, 4.5, 5, 5, 6, arena],
  'deepseek-distill': [5.5, 5.5, 7, 0, 5, '2501.12948'],
  'deepseek-reasoner': [8.5, 8.5, 9, 0, 8, '2501.12948'],
  deepseek: [7.5, 7.5, 7, 0, 7.5, '2412.19437'],
  'kimi-thinking': [8.5, 8.5, 8.5, 8, 8, '2507.20534'],
  kimi: [7.5, 8, 7, 0, 7.5, '2507.20534'],
  'glm-5': [8.5, 8.5, 8.5, 7, 8, '2602.15763'],
  'glm-4': [7, 7.5, 7.5, 0, 7, '2508.06471'],
  minimax: [8, 8, 8, 0, 7.5, '2506.13585'],
  'qwen-vl': [7, 6.5, 6.5, 8, 7.5, '2502.13923'],
  'qwen3-large': [8, 8, 8.5, 7.5, 8, '2505.09388'],
  qwen3: [6.5, 6.5, 7.5, 0, 6.5, '2505.09388'],
  qwen: [6, 6, 5, 0, 6, '2412.15115'],
  'llama-vision': [6, 5.5, 5, 6, 6, 'https://ai.meta.com/blog/llama-4-multimodal-intelligence/'],
  'llama-70b': [6, 6, 5, 0, 6, '2407.21783'],
  'llama-405b': [7, 6.5, 6, 0, 7, '2407.21783'],
  'llama-tiny': [2, 1.5, 1, 0, 2, '2407.21783'],
  llama: [4, 3.5, 3, 0, 4, '2407.21783'],
  magistral: [7, 7, 7.5, 6.5, 6.5, '2506.10910'],
  'mistral-large': [7, 6.5, 6, 7, 7, `${mistral}mistral-medium-3`],
  codestral: [6, 7, 5, 0, 5.5, `${mistral}devstral`],
  mistral: [5, 4.5, 4, 0, 5, '2401.04088'],
  'command-a': [7, 6, 6, 0, 7, '2504.00698'],
  command: [5, 4, 4, 0, 6, arena],
  nemotron: [7, 7, 7.5, 0, 7, '2505.00949'],
  granite: [4, 4, 3.5, 0, 5, 'https://huggingface.co/ibm-granite/granite-4.0-h-micro'],
  'sea-lion': [5, 4, 4, 0, 5, '2504.05747'],
  gemma: [5.5, 5, 5, 6, 5.5, '2503.19786'],
  nova: [6, 5.5, 5.5, 6.5, 6.5, '2506.12103'],
} as const satisfies Record<string, Prior>

/** A family of models that answer text, by its row. */
export type QualityFamily = keyof typeof qualityPriors
