import { z } from '../../api/zod.ts'

/** What is set beside the conversation, as it was entered. */
export interface Settings {
  system: string
  temperature: string
  maxTokens: string
  /** JSON: a list of tools. */
  tools: string
}

export const noSettings: Settings = { system: '', temperature: '', maxTokens: '', tools: '' }

/** A tool to begin with. */
export const sampleTool = JSON.stringify(
  [
    {
      type: 'function',
      function: {
        name: 'get_weather',
        description: 'The weather in a city',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      },
    },
  ],
  null,
  2,
)

const toolsSchema = z
  .array(
    z.looseObject({ type: z.string('has no "type"; chats take "function"') }),
    'must be a list: [{ "type": "function", … }]',
  )
  .min(1, 'is an empty list')

/** What is wrong with the tools as they were entered; `undefined` where nothing is. */
export function mistakeInTools(text: string): string | undefined {
  if (text.trim() === '') return undefined
  try {
    const parsed = toolsSchema.safeParse(JSON.parse(text))
    return parsed.success ? undefined : `Tools: ${parsed.error.issues[0]?.message ?? 'cannot be read'}.`
  } catch (error) {
    return `Tools: this is not JSON. ${error instanceof Error ? error.message : ''}`
  }
}
