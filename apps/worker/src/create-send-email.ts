import type { Email } from '@gw/gateway'
import type { Env } from './env.ts'
import { formatMail } from './format-mail.ts'

/** Sends mail through Cloudflare, where it is set up. */
export function createSendEmail({
  EMAIL,
  GW_EMAIL_FROM: from,
}: Pick<Env, 'EMAIL' | 'GW_EMAIL_FROM'>): ((email: Email) => Promise<void>) | undefined {
  if (!EMAIL || !from) return undefined
  return async ({ to, subject, text }) => {
    // A workerd that is not Cloudflare's has no such module, and starts all the same.
    const { EmailMessage } = await import('cloudflare:email')
    for (const address of to) {
      const mail = { from, to: address, subject, text, id: crypto.randomUUID(), at: new Date() }
      await EMAIL.send(new EmailMessage(from, address, formatMail(mail)))
    }
  }
}
