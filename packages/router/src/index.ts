export { errorTypes, type ErrorType } from './error-type.ts'
export type { FallbackRule } from './fallback/fallback-rule.ts'
export { mayFollow, type Following, type FollowingReason } from './fallback/may-follow.ts'
export { parseFallbackRules } from './fallback/parse-fallback-rules.ts'
export { selectFallback } from './fallback/select-fallback.ts'
export { claimProbe, type ProbeClaim } from './health/claim-probe.ts'
export type { HealthState } from './health/health-state.ts'
export type { HealthVerdict } from './health/health-verdict.ts'
export { judgeHealth } from './health/judge-health.ts'
export { observe } from './health/observe.ts'
export type { Outcome } from './health/outcome.ts'
export { matchesPattern } from './matches-pattern.ts'
export type { Mistake, Parsed } from './parsed.ts'
export {
  retryDelayMs,
  selectNextMove,
  singleAttempt,
  type FailedAttempt,
  type NextMove,
  type RetryPolicy,
} from './retry-policy.ts'
export type { Candidate, Obstacle } from './strategies/candidate.ts'
export type { Constraints } from './strategies/constraints.ts'
export type { Decision, RankedCandidate, Rating, Reason, ReasonCode, RejectedCandidate } from './strategies/decision.ts'
export { idOf } from './strategies/id-of.ts'
export { parseConstraints } from './strategies/parse-constraints.ts'
export type { Override, Question, Strategy, Weights } from './strategies/question.ts'
export { rank } from './strategies/rank.ts'
export { afterModel } from './dynamic-routes/after-model.ts'
export { afterRate } from './dynamic-routes/after-rate.ts'
export { formatRoute } from './dynamic-routes/format-route.ts'
export { parseRoute, type ParsedRoute } from './dynamic-routes/parse-route.ts'
export type { RouteElement } from './dynamic-routes/route-element.ts'
export type { RouteFacts } from './dynamic-routes/route-facts.ts'
export type { Route, RouteMistake } from './dynamic-routes/route.ts'
export { startWalk } from './dynamic-routes/start-walk.ts'
export type { EndStop, ModelStop, RateStop, Walk } from './dynamic-routes/walk.ts'
