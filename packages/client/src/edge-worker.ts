/** Whether this runs on Cloudflare's workerd, where a timer ends with the request that set it. */
export function isEdgeWorker(): boolean {
  return globalThis.navigator?.userAgent === 'Cloudflare-Workers'
}
