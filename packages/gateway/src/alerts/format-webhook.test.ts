import { expect, test } from 'vitest'
import type { AlertMessage } from './alert-message.ts'
import { testMessage } from './alert-message.ts'
import { formatDiscord } from './format-discord.ts'
import { formatEmail } from './format-email.ts'
import { formatJson } from './format-json.ts'
import { formatSlack } from './format-slack.ts'
import { signWebhook } from './sign-webhook.ts'

/** 2026-11-18 11:06:40 UTC. */
const at = 1_795_000_000_000

const message: AlertMessage = {
  id: 'i1',
  change: 'fired',
  severity: 'warning',
  kind: 'spend_per_hour',
  ruleId: 'default-spend_per_hour',
  ruleName: 'Spend <!channel> & more',
  orgId: 'acme',
  subject: 'all',
  message: '$1.2 were spent in this hour (all requests); the threshold is $1.',
  value: 1.2,
  threshold: 1,
  startedAt: at,
  resolvedAt: null,
}
const over: AlertMessage = { ...message, change: 'resolved', resolvedAt: at + 1000 }

test('Slack gets a line for notifications, a coloured block for each alert, and nobody is called', () => {
  expect(formatSlack([message])).toEqual({
    text: '[warning] Spend &lt;!channel&gt; &amp; more · acme',
    attachments: [
      {
        color: '#d97706',
        fallback: '[warning] Spend &lt;!channel&gt; &amp; more · acme',
        blocks: [
          {
            type: 'section',
            text: {
              type: 'mrkdwn',
              text: '*[warning] Spend &lt;!channel&gt; &amp; more · acme*\n$1.2 were spent in this hour (all requests); the threshold is $1.',
            },
          },
        ],
      },
    ],
  })
})

test('Discord gets embeds with a decimal colour, and may call nobody', () => {
  expect(formatDiscord([message, over])).toEqual({
    content: '2 alerts of the gateway',
    embeds: [
      {
        title: '[warning] Spend <!channel> & more · acme',
        description: '$1.2 were spent in this hour (all requests); the threshold is $1.',
        color: 14_251_782,
        timestamp: '2026-11-18T11:06:40.000Z',
      },
      {
        title: '[resolved] Spend <!channel> & more · acme',
        description: '$1.2 were spent in this hour (all requests); the threshold is $1.',
        color: 1_483_594,
        timestamp: '2026-11-18T11:06:41.000Z',
      },
    ],
    allowed_mentions: { parse: [] },
  })
})

test('ten alerts with the longest names stay within what Discord takes', () => {
  const long = { ...message, ruleName: 'n'.repeat(200), message: 'm'.repeat(5000) }
  const text = JSON.stringify(formatDiscord(Array.from({ length: 12 }, () => long)))
  const embeds = text.match(/"(?:title|description)":"([^"]*)"/g) ?? []
  expect(embeds).toHaveLength(20)
  expect(embeds.join('').length).toBeLessThan(6000)
})

test('programs get every field', () => {
  expect(formatJson([over])).toEqual({
    type: 'alert',
    alerts: [
      {
        id: 'i1',
        change: 'resolved',
        state: 'resolved',
        severity: 'warning',
        kind: 'spend_per_hour',
        rule_id: 'default-spend_per_hour',
        rule_name: 'Spend <!channel> & more',
        org_id: 'acme',
        subject: 'all',
        message: '$1.2 were spent in this hour (all requests); the threshold is $1.',
        value: 1.2,
        threshold: 1,
        started_at: at,
        resolved_at: at + 1000,
      },
    ],
  })
  expect(formatJson([testMessage('acme', at)])).toMatchObject({ type: 'test', alerts: [{ change: 'test' }] })
})

test('mail has a subject of one line', () => {
  expect(formatEmail([{ ...message, ruleName: 'a\r\nBcc: b' }])).toEqual({
    subject: '[warning] a Bcc: b · acme',
    text:
      '[warning] a\r\nBcc: b · acme\n$1.2 were spent in this hour (all requests); the threshold is $1.\n' +
      'Since 2026-11-18T11:06:40.000Z.\n',
  })
})

test('a signature is that of RFC 4231’s key and the time before the body', async () => {
  // openssl dgst -sha256 -hmac Jefe over "1795000000.what do ya want for nothing?"
  expect(await signWebhook({ body: 'what do ya want for nothing?', secret: 'Jefe', now: at + 999 })).toBe(
    't=1795000000,v1=caa974d2a898505fffd5aa23352603ce49fc280e491b0b83e670f37477ee3fef',
  )
})
