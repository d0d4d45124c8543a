import type { JsonObject } from '../json.ts'
import type { TaskAnswer, TaskApi, TaskFormat } from '../tasks/task-format.ts'

/** A moderation request: OpenAI's own words are the canonical form, since nobody else has others. */
export interface ModerationRequest {
  model: string
  body: JsonObject
}

export interface ModerationAnswer extends TaskAnswer {
  body: JsonObject
}

export type ModerationFormat = TaskFormat<ModerationRequest, ModerationAnswer>

export type ModerationApi = TaskApi<ModerationRequest, ModerationAnswer>
