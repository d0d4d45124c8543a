import { decideAnswer } from './decide-answer.ts'
import { decideReplay } from './decide-replay.ts'
import { decideRequest } from './decide-request.ts'
import { decideStream } from './decide-stream.ts'
import type { Cell, Feature, FeatureGroup } from './feature.ts'
import { answers } from './features/answers.ts'
import { content } from './features/content.ts'
import { endings } from './features/endings.ts'
import { replays } from './features/replays.ts'
import { output, sampling } from './features/settings.ts'
import { tools } from './features/tools.ts'
import { usage } from './features/usage.ts'
import { inbounds, upstreams, type Inbound, type Upstream } from './formats.ts'

const groups: readonly FeatureGroup[] = [content, tools, output, sampling, answers, endings, usage, replays]

/** What becomes of one feature for callers of one format, at each upstream in order. */
export interface Row {
  feature: string
  cells: Cell[]
}

export interface Section {
  inbound: Inbound
  groups: { title: string; rows: Row[] }[]
}

/** Every feature on its way from every caller's format to every provider's, found out by sending it. */
export function computeMatrix(): Section[] {
  return inbounds.map((inbound) => ({
    inbound,
    groups: groups.map(({ title, features }) => ({
      title,
      rows: features.map((feature) => ({
        feature: feature.name,
        cells: upstreams.map((upstream) => decide(feature, inbound, upstream)),
      })),
    })),
  }))
}

function decide(feature: Feature, inbound: Inbound, upstream: Upstream): Cell {
  switch (feature.kind) {
    case 'request':
      return decideRequest(feature, inbound, upstream)
    case 'answer':
      return decideAnswer(feature, inbound, upstream)
    case 'replay':
      return decideReplay(feature, inbound, upstream)
    default:
      return decideStream(feature, inbound, upstream)
  }
}
