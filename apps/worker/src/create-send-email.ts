import type { Email } from '@gw/gateway'
import { EmailMessage } from 'cloudflare:email'
import type { Env } from './env.ts'
import { formatMail } from './format-mail.ts'

/** Sends mail through Cloudflare, where it is set up. */
export function createSendEmail({
  EMAIL,
  GW_EMAIL_FROM: from,
}: Pick<Env, 'EMAIL' | 'GW_EMAIL_FROM'>): ((email: Email) => Promise<void>) | undefined {
  if (!EMAIL || !from) return undefined
  return async ({ to, subject, text }) => {
    for (const address of to) {
      const mail = { from, to: address, subject, text, id: crypto.randomUUID(), at: new Date() }
      await EMAIL.send(new EmailMessage(from, address, formatMail(mail)))
    }
  }
}
