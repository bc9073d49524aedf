/** Something special that a provider state has armed, on top of the stored data. */
export type Overlay =
  | { readonly kind: 'none' }
  /** Without `token`: every token of the account. */
  | { readonly kind: 'token-revoked'; readonly token: string | undefined; readonly accountId: number }
  /**
   * The window is used up when the account's next request arrives, whenever that is: a state that was set up just
   * before a window ends would otherwise be gone before the request.
   */
  | { readonly kind: 'window-used-up'; readonly accountId: number; readonly window: 'shortest' | 'longest' }
  | { readonly kind: 'parallel-limit'; readonly accountId: number; readonly times: number }
  | { readonly kind: 'report-missing'; readonly accountId: number; readonly reportId: string }
  | { readonly kind: 'server-fails'; readonly accountId: number; readonly times: number }

export const NO_OVERLAY: Overlay = { kind: 'none' }

/** What is left of an overlay that works a number of times, after it has worked once. */
export function spend(overlay: Extract<Overlay, { times: number }>): Overlay {
  return overlay.times > 1 ? { ...overlay, times: overlay.times - 1 } : NO_OVERLAY
}
