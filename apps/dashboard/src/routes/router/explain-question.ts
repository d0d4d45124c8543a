import type { Options } from '../../api/admin-api.ts'
import type { RouterSearch } from './router-search.ts'

/** What explain is asked. */
export type Question = NonNullable<Options<'POST /router/explain'>['body']>
type Task = NonNullable<Question['task']>
type Need = NonNullable<Question['needs']>[number]

/** What a request may be about. */
export const taskNames: Readonly<Record<Task, string>> = {
  chat: 'Chat',
  embeddings: 'Embeddings',
  rerank: 'Rerank',
  moderations: 'Moderation',
}

/** Models that leave the choice to the gateway. */
export const autoNames = {
  auto: 'auto',
  'auto/balanced': 'auto/balanced',
  'auto/cheapest': 'auto/cheapest',
  'auto/fastest': 'auto/fastest',
  'auto/quality': 'auto/quality',
} as const

/** What people can ask for beside the chat itself. */
export const needNames = {
  tools: 'Tools',
  vision: 'Pictures in',
  pdf: 'PDFs in',
  audio_input: 'Audio in',
  json_schema: 'JSON schema',
  reasoning: 'Reasoning',
  web_search: 'Web search',
} as const satisfies Partial<Record<Need, string>>

const tasks: readonly Task[] = ['chat', 'embeddings', 'rerank', 'moderations']
const needs: readonly (keyof typeof needNames)[] = [
  'tools',
  'vision',
  'pdf',
  'audio_input',
  'json_schema',
  'reasoning',
  'web_search',
]
const autos: readonly (keyof typeof autoNames)[] = [
  'auto',
  'auto/balanced',
  'auto/cheapest',
  'auto/fastest',
  'auto/quality',
]
const taskNeeds: Readonly<Record<Task, readonly Need[]>> = {
  chat: ['chat'],
  embeddings: ['embedding'],
  rerank: ['rerank'],
  moderations: ['moderation'],
}

/** Names of all needs that can be chosen. */
export const needList = needs

/** What is chosen, from the URL. */
export function readChoice({ model, task, needs: text = '', user = '', input = '', output = '' }: RouterSearch) {
  const said = text.split(',')
  return {
    model: autos.find((one) => one === model) ?? 'auto',
    task: tasks.find((one) => one === task) ?? 'chat',
    needs: needs.filter((need) => said.includes(need)),
    input,
    output,
    user,
  } as const
}

/** The question of a choice; numbers that are none are left out. */
export function toQuestion(search: RouterSearch): Question {
  const { model, task, needs: chosen, input, output, user } = readChoice(search)
  return {
    gateway_id: search.gateway ?? 'default',
    model,
    task,
    needs: [...taskNeeds[task], ...(task === 'chat' ? chosen : [])],
    ...count('input_tokens', input),
    ...count('output_tokens', output),
    ...(user !== '' && { user_id: user }),
  }
}

const count = (name: string, text: string): object => (/^\d{1,8}$/.test(text) ? { [name]: Number(text) } : {})
