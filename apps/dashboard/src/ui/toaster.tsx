import { createKumoToastManager, Toasty } from '@cloudflare/kumo/components/toast'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { Notice } from './toasts.ts'

const toasts = createKumoToastManager()
const place = document.createElement('div')
document.body.append(place)
// At once, so that the first toast finds somebody who listens.
flushSync(() => createRoot(place).render(<Toasty toastManager={toasts}>{null}</Toasty>))

/** Shows a toast; the first call brings the place where they appear. */
export function show(notice: Notice): void {
  toasts.add(notice)
}
