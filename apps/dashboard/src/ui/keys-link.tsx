import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

/** Leads to where gateway keys are made. */
export function KeysLink(): ReactElement {
  return (
    <Link to="/keys" className="text-kumo-link underline">
      Make a gateway key
    </Link>
  )
}
