import { titleOf, type AlertMessage } from './alert-message.ts'
import { headlineOf } from './format-slack.ts'

const colours: Readonly<Record<AlertMessage['severity'], number>> = { warning: 0xd97706, critical: 0xdc2626 }
const over = 0x16a34a

/** Discord's own limits: embeds of a message, and characters of a title; of all embeds together 6,000. */
const mostEmbeds = 10
const mostTitle = 256
const mostDescription = 300

/**
 * The body of a Discord webhook. No name in it can call anybody.
 * @see https://docs.discord.com/developers/resources/webhook#execute-webhook
 */
export function formatDiscord(messages: readonly AlertMessage[]): object {
  return {
    content: headlineOf(messages).slice(0, 2000),
    embeds: messages.slice(0, mostEmbeds).map((message) => ({
      title: titleOf(message).slice(0, mostTitle),
      description: message.message.slice(0, mostDescription),
      color: message.change === 'resolved' ? over : colours[message.severity],
      timestamp: new Date(message.resolvedAt ?? message.startedAt).toISOString(),
    })),
    allowed_mentions: { parse: [] },
  }
}
