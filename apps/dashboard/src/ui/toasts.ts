/** What a toast says. */
export interface Notice {
  title: string
  description?: string
  variant?: 'success' | 'error' | 'warning' | 'info'
}

/** Says something in the corner for some seconds. */
export function notify(notice: Notice): void {
  void import('./toaster.tsx').then(({ show }) => show(notice))
}
