import { titleOf, type AlertMessage } from './alert-message.ts'
import { headlineOf } from './format-slack.ts'

/** Subject and plain text of a mail. */
export function formatEmail(messages: readonly AlertMessage[]): { subject: string; text: string } {
  const paragraphs = messages.map((message) => {
    const since = new Date(message.startedAt).toISOString()
    return `${titleOf(message)}\n${message.message}\nSince ${since}.`
  })
  // A line break would begin another header.
  return { subject: headlineOf(messages).replaceAll(/\s+/g, ' ').slice(0, 200), text: `${paragraphs.join('\n\n')}\n` }
}
