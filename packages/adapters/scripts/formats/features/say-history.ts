import type { JsonObject } from '../../../src/json.ts'

const chatCall = (shelf: string, index: number) => ({
  id: `call_${index}`,
  type: 'function',
  function: { name: 'look', arguments: JSON.stringify({ shelf }) },
})

interface Result {
  content: JsonObject['content']
  messages?: JsonObject
  gemini?: JsonObject
}

/** A history in which the model has looked at shelves, and the results of that. */
export function sayHistory(looked: readonly string[], { content, messages = {}, gemini }: Result) {
  const results = looked.map((_, index) => ({ role: 'tool', tool_call_id: `call_${index}`, content: content ?? '' }))
  const asked = { role: 'user', content: 'Hi' }
  const chat = { messages: [asked, { role: 'assistant', content: '', tool_calls: looked.map(chatCall) }, ...results] }
  return {
    chat,
    responses: [
      asked,
      ...looked.map((shelf, index) => ({
        type: 'function_call',
        call_id: `call_${index}`,
        name: 'look',
        arguments: JSON.stringify({ shelf }),
      })),
      ...looked.map((_, index) => ({ type: 'function_call_output', call_id: `call_${index}`, output: content ?? '' })),
    ],
    messages: [
      asked,
      {
        role: 'assistant',
        content: looked.map((shelf, index) => ({
          type: 'tool_use',
          id: `call_${index}`,
          name: 'look',
          input: { shelf },
        })),
      },
      {
        role: 'user',
        content: looked.map((_, index) => ({
          type: 'tool_result',
          tool_use_id: `call_${index}`,
          content,
          ...messages,
        })),
      },
    ],
    gemini: [
      { role: 'user', parts: [{ text: 'Hi' }] },
      { role: 'model', parts: looked.map((shelf) => ({ functionCall: { name: 'look', args: { shelf } } })) },
      {
        role: 'user',
        parts: looked.map(() => ({
          functionResponse: { name: 'look', ...(gemini ?? { response: { result: content } }) },
        })),
      },
    ],
  }
}
