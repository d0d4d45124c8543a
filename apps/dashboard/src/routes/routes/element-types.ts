import {
  ArrowsSplitIcon,
  FlagCheckeredIcon,
  GaugeIcon,
  PlayIcon,
  QuestionIcon,
  RobotIcon,
  type Icon,
} from '@phosphor-icons/react'
import type { RouteNode } from './element.ts'

/** What can be put into a route. */
export type ElementType = 'start' | 'conditional' | 'percentage' | 'rate' | 'budget' | 'model' | 'end'

interface TypeFacts {
  title: string
  icon: Icon
  note: string
  /** What a new one is made of; its outputs lead to the target. */
  create(target: string): Pick<RouteNode, 'properties' | 'outputs'> & { type: string }
}

const to = (elementId: string): { elementId: string } => ({ elementId })

/** Kinds of elements; a budget is a limit that counts money. */
export const elementTypes: Readonly<Record<ElementType, TypeFacts>> = {
  start: {
    title: 'Start',
    icon: PlayIcon,
    note: 'Where every request begins',
    create: (target) => ({ type: 'start', outputs: { next: to(target) } }),
  },
  conditional: {
    title: 'Condition',
    icon: QuestionIcon,
    note: 'By what the request says',
    create: (target) => ({
      type: 'conditional',
      properties: { conditions: { 'metadata.plan': { $eq: 'pro' } } },
      outputs: { true: to(target), false: to(target) },
    }),
  },
  percentage: {
    title: 'Split',
    icon: ArrowsSplitIcon,
    note: 'By shares that stay with a user',
    create: (target) => ({ type: 'percentage', outputs: { '50%': to(target), else: to(target) } }),
  },
  rate: {
    title: 'Limit',
    icon: GaugeIcon,
    note: 'So many requests in a time',
    create: (target) => ({
      type: 'rate',
      properties: { limitType: 'count', key: 'metadata.user_id', limit: 100, window: 3600 },
      outputs: { success: to(target), fallback: to(target) },
    }),
  },
  budget: {
    title: 'Budget',
    icon: GaugeIcon,
    note: 'So many dollars in a time',
    create: (target) => ({
      type: 'rate',
      properties: { limitType: 'cost', key: 'metadata.user_id', limit: 1, window: 86_400 },
      outputs: { success: to(target), fallback: to(target) },
    }),
  },
  model: {
    title: 'Model',
    icon: RobotIcon,
    note: 'Who answers',
    create: (target) => ({
      type: 'model',
      properties: { provider: 'openai', model: 'gpt-4o-mini', timeout: 20_000, retries: 1 },
      outputs: { success: to(target) },
    }),
  },
  end: {
    title: 'End',
    icon: FlagCheckeredIcon,
    note: 'Where the walk is over',
    create: () => ({ type: 'end', outputs: {} }),
  },
}

/** What can be added; a route has one start. */
export const addableTypes: readonly ElementType[] = ['model', 'conditional', 'percentage', 'rate', 'budget', 'end']

/** The kind of an element; `undefined` where it is none. */
export function typeOf({ type, properties }: Pick<RouteNode, 'type' | 'properties'>): ElementType | undefined {
  if (type === 'rate' && properties?.['limitType'] === 'cost') return 'budget'
  return addableTypes.find((one) => one === type) ?? (type === 'start' ? 'start' : undefined)
}
