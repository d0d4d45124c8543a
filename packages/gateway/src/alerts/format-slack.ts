import { titleOf, type AlertMessage } from './alert-message.ts'

/** The colour bar beside a message. */
const colours: Readonly<Record<AlertMessage['severity'], string>> = { warning: '#d97706', critical: '#dc2626' }
const over = '#16a34a'

/** Slack shows attachments up to this many. */
const mostShown = 20

/** Slack's own limit for a section's text is 3,000 characters. */
const mostText = 2900

/**
 * The body of a Slack incoming webhook. `text` is what notifications show.
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function formatSlack(messages: readonly AlertMessage[]): object {
  return {
    text: escape(headlineOf(messages)),
    attachments: messages.slice(0, mostShown).map((message) => ({
      color: message.change === 'resolved' ? over : colours[message.severity],
      fallback: escape(titleOf(message)),
      blocks: [
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: `*${escape(titleOf(message))}*\n${escape(message.message)}`.slice(0, mostText),
          },
        },
      ],
    })),
  }
}

/** One line for all of it. */
export function headlineOf(messages: readonly AlertMessage[]): string {
  const [first] = messages
  if (first && messages.length === 1) return titleOf(first)
  return `${messages.length} alerts of the gateway`
}

/** Names may be anybody's: without this `<!channel>` would call everyone. */
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
