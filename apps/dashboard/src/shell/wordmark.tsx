import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

/** The name, which leads home. */
export function Wordmark(): ReactElement {
  return (
    <Link to="/" className="flex items-center gap-2 rounded-md px-1 py-0.5 font-semibold tracking-tight">
      <img src="/favicon.svg" alt="" width={22} height={22} className="size-5.5" />
      <span>gw</span>
    </Link>
  )
}
