export {
  retryDelayMs,
  selectNextMove,
  singleAttempt,
  type FailedAttempt,
  type NextMove,
  type RetryPolicy,
} from './retry-policy.ts'
