import { promptTokens, scripts, wordsOf } from '../upstream/answers.ts'
import type { Call, Expected, Taken } from './call.ts'

/** What was said and counted, whatever the format. */
interface Heard {
  text: string
  input: number | undefined
  output: number | undefined
  ended: boolean
}

/** @throws Error when an answer is not exactly the right one: a fast wrong answer is worth nothing. */
export function verify({ status, text }: Taken, { expected, url }: Call): void {
  const complain = (what: string): never => {
    throw new Error(`${url.href}: ${what}\n${text.slice(0, 400)}\n…\n${text.slice(-400)}`)
  }
  if (status !== 200) complain(`status ${status}`)
  const { script, usage } = expected
  const heard = expected.stream ? hearStream(text, expected) : hearJson(text, expected)
  if (heard.text !== wordsOf(script).join('')) complain('wrong content')
  if (!heard.ended) complain('no terminal event')
  const isCounted = heard.input === promptTokens && heard.output === scripts[script].words
  if (usage === 'yes' && !isCounted) complain(`wrong usage: ${heard.input} in, ${heard.output} out`)
  if (usage === 'no' && (heard.input !== undefined || heard.output !== undefined))
    complain('usage that nobody asked for')
}

interface OpenAiAnswer {
  choices: { message?: { content: string }; delta?: { content?: string | null } }[]
  usage?: { prompt_tokens: number; completion_tokens: number } | null
}

interface AnthropicUsage {
  input_tokens?: number
  output_tokens?: number
}

interface AnthropicEvent {
  type: string
  message?: { usage: AnthropicUsage }
  delta?: { text?: string }
  usage?: AnthropicUsage
  content?: { text: string }[]
}

function hearJson(text: string, { format }: Expected): Heard {
  if (format === 'openai') {
    const answer: OpenAiAnswer = JSON.parse(text)
    const said = answer.choices.map(({ message }) => message?.content ?? '').join('')
    return { text: said, input: answer.usage?.prompt_tokens, output: answer.usage?.completion_tokens, ended: true }
  }
  const answer: AnthropicEvent = JSON.parse(text)
  const said = (answer.content ?? []).map((block) => block.text).join('')
  return { text: said, input: answer.usage?.input_tokens, output: answer.usage?.output_tokens, ended: true }
}

function hearStream(text: string, { format }: Expected): Heard {
  const events = text
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trim())
  return format === 'openai' ? hearOpenAi(events) : hearAnthropic(events)
}

function hearOpenAi(events: readonly string[]): Heard {
  const heard: Heard = { text: '', input: undefined, output: undefined, ended: events.at(-1) === '[DONE]' }
  for (const event of events) {
    if (event === '[DONE]') continue
    const { choices, usage }: OpenAiAnswer = JSON.parse(event)
    for (const { delta } of choices) heard.text += delta?.content ?? ''
    heard.input = usage?.prompt_tokens ?? heard.input
    heard.output = usage?.completion_tokens ?? heard.output
  }
  return heard
}

function hearAnthropic(events: readonly string[]): Heard {
  const heard: Heard = { text: '', input: undefined, output: undefined, ended: false }
  for (const event of events) {
    const { type, message, delta, usage }: AnthropicEvent = JSON.parse(event)
    heard.text += delta?.text ?? ''
    heard.input = message?.usage.input_tokens ?? usage?.input_tokens ?? heard.input
    heard.output = usage?.output_tokens ?? message?.usage.output_tokens ?? heard.output
    heard.ended ||= type === 'message_stop'
  }
  return heard
}
