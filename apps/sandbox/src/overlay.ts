/** Something special that a provider state has armed for an account, on top of the stored data. */
export type Overlay =
  | { readonly kind: 'none' }
  /** Without `token`: every token of the account. */
  | { readonly kind: 'token-revoked'; readonly token: string | undefined }
  /**
   * The window is used up when the account's next request arrives, whenever that is: a state that was set up just
   * before a window ends would otherwise be gone before the request.
   */
  | { readonly kind: 'window-used-up'; readonly window: 'shortest' | 'longest' }
  | { readonly kind: 'parallel-limit'; readonly times: number }
  | { readonly kind: 'report-missing'; readonly reportId: string }
  | { readonly kind: 'server-fails'; readonly times: number }

/** One overlay for each account: tests that run side by side, each with an account of its own, do not meet. */
export interface Overlays {
  of(accountId: number): Overlay
  set(accountId: number, overlay: Overlay): void
  /** Takes one of the times that an overlay works. */
  spend(accountId: number, overlay: Extract<Overlay, { times: number }>): void
  /** For an account; without one, for all. */
  clear(accountId?: number): void
}

const NO_OVERLAY: Overlay = { kind: 'none' }

export function createOverlays(): Overlays {
  const armed = new Map<number, Overlay>()
  return {
    of: (accountId) => armed.get(accountId) ?? NO_OVERLAY,
    set: (accountId, overlay) => void armed.set(accountId, overlay),
    spend: (accountId, overlay) => {
      if (overlay.times > 1) armed.set(accountId, { ...overlay, times: overlay.times - 1 })
      else armed.delete(accountId)
    },
    clear: (accountId) => {
      if (accountId === undefined) armed.clear()
      else armed.delete(accountId)
    },
  }
}
