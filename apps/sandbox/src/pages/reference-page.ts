export function referencePage(): string {
  return '<!doctype html><title>Hood exports reference</title>'
}
