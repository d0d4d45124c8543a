export interface Mail {
  from: string
  to: string
  subject: string
  text: string
  id: string
  at: Date
}

/** A mail of plain text. @see https://www.rfc-editor.org/rfc/rfc5322 */
export function formatMail({ from, to, subject, text, id, at }: Mail): string {
  const headers = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${words(subject)}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@${from.split('@').at(-1) ?? 'gateway'}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ]
  return [...headers, '', ...lines(toBase64(text)), ''].join('\r\n')
}

/** As encoded words of at most 75 characters, cut between characters. @see https://www.rfc-editor.org/rfc/rfc2047 */
function words(text: string): string {
  const parts: string[] = []
  let part = ''
  for (const character of text) {
    if (new TextEncoder().encode(part + character).length > 42) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part].map((one) => `=?utf-8?B?${toBase64(one)}?=`).join('\r\n ')
}

const lines = (text: string): string[] => text.match(/.{1,76}/g) ?? []

const toBase64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
