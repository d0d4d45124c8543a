import type { RouteNode } from './element.ts'

/** A route to begin with. */
export interface Template {
  id: string
  title: string
  note: string
  elements: readonly RouteNode[]
}

const to = (elementId: string): { elementId: string } => ({ elementId })
const start = (next: string): RouteNode => ({ id: 'start', type: 'start', outputs: { next: to(next) } })
const end: RouteNode = { id: 'end', type: 'end', outputs: {} }

function model(id: string, target: string, fallback?: string): RouteNode {
  const slash = target.indexOf('/')
  return {
    id,
    type: 'model',
    properties: { provider: target.slice(0, slash), model: target.slice(slash + 1), timeout: 20_000, retries: 1 },
    outputs: { success: to('end'), ...(fallback !== undefined && { fallback: to(fallback) }) },
  }
}

/** What new routes can be made of. */
export const templates: readonly Template[] = [
  {
    id: 'fallback',
    title: 'One model, with a fallback',
    note: 'A second model answers when the first one fails.',
    elements: [
      start('first'),
      model('first', 'openai/gpt-4o-mini', 'second'),
      model('second', 'anthropic/claude-haiku-4-5'),
      end,
    ],
  },
  {
    id: 'split',
    title: 'Split 90 / 10',
    note: 'A tenth of the users tries another model, and stays with it.',
    elements: [
      start('split'),
      { id: 'split', type: 'percentage', outputs: { '90%': to('control'), '10%': to('trial') } },
      model('control', 'openai/gpt-4o-mini'),
      model('trial', 'anthropic/claude-haiku-4-5', 'control'),
      end,
    ],
  },
  {
    id: 'plan',
    title: 'By the user’s plan',
    note: 'Who pays gets a large model, everybody else a small one.',
    elements: [
      start('paying'),
      {
        id: 'paying',
        type: 'conditional',
        properties: { conditions: { 'metadata.plan': { $in: ['pro', 'team'] } } },
        outputs: { true: to('large'), false: to('small') },
      },
      model('large', 'openai/gpt-4o', 'small'),
      model('small', 'openai/gpt-4o-mini'),
      end,
    ],
  },
]
