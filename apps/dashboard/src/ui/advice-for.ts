import { ApiError } from '../api/api-error.ts'

interface Advice {
  title: string
  detail?: string
  advice: string
}

/** What to tell people about an error: what happened, and what they can do. */
export function adviceFor(error: unknown): Advice {
  if (!(error instanceof ApiError)) {
    const detail = error instanceof Error ? error.message : String(error)
    return { title: 'This part of the page failed', detail, advice: 'Try again, or reload the page.' }
  }
  const { status, code, message } = error
  if (status === 0) return { title: message, advice: 'See whether it runs and whether you are online, then try again.' }
  if (status === 401) return { title: 'You are signed out', advice: 'Sign in again to go on.' }
  if (status === 403)
    return { title: 'Your role does not allow this', detail: message, advice: 'Ask an owner of the organisation.' }
  if (status === 404) return { title: 'It is not there', detail: message, advice: 'It may have been removed.' }
  if (status === 429) return { title: 'Too many requests', detail: message, advice: 'Wait a moment, then try again.' }
  if (status >= 500) {
    return {
      title: `The gateway failed (${code})`,
      detail: message,
      advice: 'Try again in some seconds; the Worker’s log has the cause.',
    }
  }
  return {
    title: `The gateway refused this (${code})`,
    detail: message,
    advice: 'Change what you asked for, then try again.',
  }
}
