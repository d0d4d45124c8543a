import { ollamaChat } from '../formats/ollama-chat.ts'
import { array, either, nullable, number, open, string } from '../shape.ts'
import { countWords } from '../usage.ts'
import { embedText } from './embed-text.ts'
import type { Task } from './task.ts'

const request = open(
  { model: string, input: either(string, array(string)) },
  { dimensions: nullable(number({ min: 1, integer: true })) },
)

/** Ollama's embed. */
export const ollamaEmbed: Task = {
  id: 'ollama-embed',
  path: /\/api\/embed$/,
  format: ollamaChat,
  answer: ({ body, model }) => {
    if (!request.accepts(body, [])) throw new TypeError('A shape answers true or throws')
    const { input, dimensions } = body
    const texts = typeof input === 'string' ? [input] : input
    return {
      model,
      embeddings: texts.map((text) => embedText(text, dimensions ?? undefined)),
      total_duration: 1000,
      load_duration: 0,
      prompt_eval_count: texts.reduce((sum, text) => sum + countWords(text), 0),
    }
  },
}
